import { defaultRangeExtractor, useWindowVirtualizer, type Range } from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from "react";

import type { ActivityItem } from "@/api/types";
import type { Preferences } from "@/lib/preferences";
import { useNarrow } from "@/ui/hooks/media";
import { ActivityRow, MonthRow, WaitingRow } from "./ActivityRow";
import { useListKeys } from "./keys";
import { rowsOf, type Row } from "./rows";
import { t } from "./text";

const MONTH_HEIGHT = 46;
const FETCH_AHEAD = 150;

/** The list of activities: of twenty thousand only those in sight are drawn. */
export function List({
  items,
  more,
  fetchMore,
  byMonth,
  wish,
  top,
  search,
}: {
  items: ActivityItem[];
  more: boolean;
  fetchMore: () => void;
  byMonth: boolean;
  wish: Preferences;
  /** Where what stands above the list ends, in pixels from the window's top. */
  top: number;
  search: RefObject<HTMLInputElement | null>;
}) {
  const rows = useMemo(() => rowsOf(items, byMonth, more), [items, byMonth, more]);
  const heads = useMemo(() => rows.flatMap((row, at) => (row.kind === "month" ? [at] : [])), [rows]);
  const box = useRef<HTMLUListElement>(null);
  const [margin, setMargin] = useState(0);
  const narrow = useNarrow();
  const height = narrow ? 70 : 60;

  useLayoutEffect(() => {
    const place = (): void => {
      setMargin((box.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
    };
    place();
    const watch = new ResizeObserver(place);
    watch.observe(document.body);
    return () => {
      watch.disconnect();
    };
  }, []);

  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: useCallback((at: number) => (rows[at]?.kind === "month" ? MONTH_HEIGHT : height), [rows, height]),
    getItemKey: useCallback((at: number) => rows[at]?.key ?? at, [rows]),
    rangeExtractor: useCallback(
      (range: Range) => {
        // The heading of the month in sight is always drawn, so that it can stick.
        const head = headOf(heads, range.startIndex);
        return [...new Set([head, ...defaultRangeExtractor(range)])].sort((a, b) => a - b);
      },
      [heads],
    ),
    scrollMargin: margin,
    scrollPaddingStart: top + MONTH_HEIGHT,
    scrollPaddingEnd: 80,
    overscan: 10,
  });
  useEffect(() => {
    virtual.measure();
  }, [height, virtual]);

  const drawn = virtual.getVirtualItems();
  const current = headOf(heads, virtual.range?.startIndex ?? 0);
  const last = drawn.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= rows.length - FETCH_AHEAD) fetchMore();
  }, [more, last, rows.length, fetchMore]);

  const focusRow = useCallback(
    (index: number): void => {
      const at = rows.findIndex((row) => row.kind === "activity" && row.index === index);
      if (at < 0) return;
      virtual.scrollToIndex(at);
      requestAnimationFrame(() =>
        requestAnimationFrame(() => document.getElementById(`row-${index}`)?.focus({ preventScroll: true })),
      );
    },
    [rows, virtual],
  );
  useListKeys(box, focusRow, search);

  return (
    <ul ref={box} aria-label={t("activities.list")} className="relative" style={{ height: virtual.getTotalSize() }}>
      {drawn.map(({ key, index, start, size }) => {
        const row = rows[index];
        if (!row) return null;
        const sticky = byMonth && index === current && row.kind === "month";
        const place = sticky
          ? { position: "sticky" as const, top, height: size, zIndex: 2 }
          : {
              position: "absolute" as const,
              top: 0,
              height: size,
              transform: `translateY(${start - virtual.options.scrollMargin}px)`,
            };
        return (
          <li key={key} className="left-0 w-full" style={place}>
            <Line row={row} wish={wish} dated={!byMonth} />
          </li>
        );
      })}
    </ul>
  );
}

/** The heading under which a line stands. */
function headOf(heads: number[], line: number): number {
  return heads.findLast((at) => at <= line) ?? 0;
}

function Line({ row, wish, dated }: { row: Row; wish: Preferences; dated: boolean }) {
  switch (row.kind) {
    case "month":
      return <MonthRow row={row} wish={wish} />;
    case "activity":
      return <ActivityRow item={row.item} index={row.index} wish={wish} dated={dated} />;
    case "waiting":
      return <WaitingRow />;
  }
}
