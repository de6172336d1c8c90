import { defaultRangeExtractor, useWindowVirtualizer, type Range } from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from "react";

import type { ListedActivity } from "@/api/types";
import type { Preferences } from "@/lib/preferences";
import { useNarrow } from "@/ui/hooks/media";
import { ActivityRow, MonthRow, WaitingRow } from "./ActivityRow";
import { queryText, useFilters } from "@/pages/activities/filters";
import { useListKeys } from "@/pages/activities/keys";
import type { Selection } from "@/pages/activities/select/selection";
import { t } from "@/pages/activities/text";
import { chosenColumns, type Column } from "./columns";
import { rowsOf, type Row } from "./rows";

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
  selection,
}: {
  items: ListedActivity[];
  more: boolean;
  fetchMore: () => void;
  byMonth: boolean;
  wish: Preferences;
  /** Where what stands above the list ends, in pixels from the window's top. */
  top: number;
  search: RefObject<HTMLInputElement | null>;
  /** What is selected; null for who may not change anything. */
  selection: Selection | null;
}) {
  const columns = useMemo(() => chosenColumns(wish.activity_columns), [wish.activity_columns]);
  const rows = useMemo(() => rowsOf(items, byMonth, more), [items, byMonth, more]);
  const heads = useMemo(() => rows.flatMap((row, at) => (row.kind === "month" ? [at] : [])), [rows]);
  const box = useRef<HTMLUListElement>(null);
  const [margin, setMargin] = useState(0);
  const narrow = useNarrow();
  const query = queryText(useFilters()[0]);
  const height = narrow ? 84 : 60;

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
  useListKeys(box, focusRow, search, selection);
  const boxes = selection !== null && (!narrow || selection.picking) ? selection : null;

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
            <Line row={row} wish={wish} dated={!byMonth} columns={columns} query={query} selection={boxes} />
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

function Line({
  row,
  wish,
  dated,
  columns,
  query,
  selection,
}: {
  row: Row;
  wish: Preferences;
  dated: boolean;
  columns: Column[];
  query: string;
  selection: Selection | null;
}) {
  switch (row.kind) {
    case "month":
      return <MonthRow row={row} wish={wish} />;
    case "activity":
      return (
        <div
          data-selected={selection?.has(row.item.id)}
          className="flex h-full border-b border-line hover:bg-sunken/60 data-[selected=true]:bg-accent-soft"
        >
          {selection && <Mark row={row} selection={selection} />}
          <ActivityRow item={row.item} index={row.index} wish={wish} dated={dated} columns={columns} query={query} />
        </div>
      );
    case "waiting":
      return <WaitingRow />;
  }
}

/** The box that selects an activity, and with shift all from the one selected last. */
function Mark({ row, selection }: { row: Extract<Row, { kind: "activity" }>; selection: Selection }) {
  const range = useRef(false);
  return (
    <label className="-mr-3 grid w-11 shrink-0 cursor-pointer place-items-center md:-mr-4 md:w-12">
      <input
        type="checkbox"
        aria-label={t("select.one", { name: row.item.name })}
        checked={selection.has(row.item.id)}
        className="size-4.5 accent-(--accent)"
        onClick={(event) => {
          range.current = event.shiftKey;
        }}
        onChange={() => {
          selection.toggle(row.index, range.current);
        }}
      />
    </label>
  );
}
