import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";

import { usePreferences } from "@/api/session";
import { useWidth } from "@/charts/surface";
import { t } from "@/charts/text";
import { GAP_NAMES, gapAt, inOrder, monthsOf, type GapRow, type Stretch } from "@/lib/charts/gaps";
import { classes } from "@/lib/classes";
import { day as dayWords, monthShort, shifted } from "@/lib/dates";
import { useGround, useMedia } from "@/ui/hooks/media";
import { drawDays, ROW_PX } from "./dayGridDraw";

const LEAST_DAY_PX = 2.6;
const HEAD_PX = 20;

interface Place {
  row: number;
  day: number;
}

/** Kinds in rows, days in columns: what there is of each, as one picture; days are chosen by pointer or keyboard. */
export function DayGrid({
  rows,
  from,
  days,
  newest,
  chosen,
  onChoose,
}: {
  rows: GapRow[];
  from: string;
  days: number;
  /** How many of the days are past or today. */
  newest: number;
  chosen: Stretch | null;
  onChoose: (stretch: Stretch) => void;
}) {
  const wish = usePreferences();
  const ground = useGround();
  const coarse = useMedia("(pointer: coarse)");
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [at, setAt] = useState<Place | null>(null);
  const [drawn, setDrawn] = useState<Stretch | null>(null);
  const room = useWidth(box);
  const width = Math.max(room, Math.ceil(days * LEAST_DAY_PX));
  const months = useMemo(() => monthsOf(from, days), [from, days]);
  useEffect(() => {
    if (canvas.current && width > 0) drawDays(canvas.current, rows, days, width);
  }, [rows, days, width, ground]);

  const placeOf = (event: PointerEvent): Place => {
    const area = event.currentTarget.getBoundingClientRect();
    return {
      day: within(Math.floor(((event.clientX - area.left) / area.width) * days), days),
      row: within(Math.floor((event.clientY - area.top) / ROW_PX), rows.length),
    };
  };
  const down = (event: PointerEvent): void => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    const { row, day } = placeOf(event);
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrawn({ row, since: day, until: day });
  };
  const move = (event: PointerEvent): void => {
    const place = placeOf(event);
    setAt(place);
    if (drawn) setDrawn({ ...drawn, until: place.day });
  };
  // A finger scrolls where it drags, so it chooses by a tap.
  const up = (event: PointerEvent): void => {
    const place = placeOf(event);
    if (drawn) onChoose(inOrder({ ...drawn, until: place.day }));
    else if (event.pointerType === "touch") {
      const more = chosen?.row === place.row && chosen.since === chosen.until;
      onChoose(inOrder({ row: place.row, since: more ? chosen.since : place.day, until: place.day }));
    }
    setDrawn(null);
  };
  const press = (event: KeyboardEvent): void => {
    const here = at ?? { row: 0, day: days - 1 };
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      onChoose({ row: here.row, since: here.day, until: here.day });
      return;
    }
    const next = moved(event.key, here, days, rows.length);
    if (!next) return;
    event.preventDefault();
    setAt(next);
    if (event.shiftKey) onChoose(inOrder({ row: next.row, since: otherEnd(chosen, here.day), until: next.day }));
    const scroll = box.current;
    if (scroll) scroll.scrollLeft = ((next.day + 0.5) / days) * width - scroll.clientWidth / 2;
  };
  // Where there is no room for the year, its newest days are in sight first.
  useEffect(() => {
    if (box.current && room > 0) box.current.scrollLeft = (newest / days) * width - room;
  }, [newest, days, width, room]);
  const marked = drawn ? inOrder(drawn) : chosen;
  const said =
    at === null
      ? t(coarse ? "gaps.hint_touch" : "gaps.hint")
      : t("gaps.at", {
          day: dayWords(shifted(from, at.day), wish),
          kind: rows[at.row]?.title ?? "",
          state: t(GAP_NAMES[gapAt(rows[at.row], at.day)]),
        });
  const share = (day: number): string => `${(100 * day) / days}%`;
  return (
    <div>
      <p className="mb-1.5 min-h-5 text-sm text-ink-2" data-testid="gap-at">
        {said}
      </p>
      <div className="flex gap-2">
        <ul aria-hidden="true" className="w-24 shrink-0 text-xs text-ink-2 md:w-44" style={{ paddingTop: HEAD_PX }}>
          {rows.map((row, i) => (
            <li
              key={row.kind}
              title={row.title}
              style={{ height: ROW_PX, lineHeight: `${ROW_PX}px` }}
              className={`truncate ${at?.row === i ? "font-semibold text-ink" : ""}`}
            >
              {row.title}
            </li>
          ))}
        </ul>
        <div ref={box} className="min-w-0 flex-1 overflow-x-auto">
          <div className="relative" style={{ width }}>
            <div aria-hidden="true" className="label relative" style={{ height: HEAD_PX }}>
              {months.map(({ day, date }) => (
                <span key={date} className="absolute border-l border-line-strong/50 pl-1" style={{ left: share(day) }}>
                  {monthShort(date)}
                </span>
              ))}
            </div>
            <div
              role="slider"
              tabIndex={0}
              aria-label={t("gaps.label")}
              aria-valuemin={0}
              aria-valuemax={days - 1}
              aria-valuenow={at?.day ?? days - 1}
              aria-valuetext={said}
              className="relative cursor-crosshair overflow-hidden focus-visible:-outline-offset-2"
              style={{ height: ROW_PX * rows.length, touchAction: "pan-x pan-y" }}
              onPointerDown={down}
              onPointerMove={move}
              onPointerUp={up}
              onPointerCancel={() => {
                setDrawn(null);
              }}
              onPointerLeave={() => {
                if (!drawn) setAt(null);
              }}
              onKeyDown={press}
            >
              <canvas ref={canvas} aria-hidden="true" className="block" />
              {marked && (
                <span
                  className={classes(
                    "pointer-events-none absolute inset-y-0 min-w-[3px] rounded-xs border-x-2",
                    "border-ink bg-ink/15",
                  )}
                  style={{ left: share(marked.since), width: share(marked.until - marked.since + 1) }}
                />
              )}
              {at && (
                <>
                  <span
                    className="pointer-events-none absolute inset-y-0 w-px bg-ink/50"
                    style={{ left: share(at.day + 0.5) }}
                  />
                  <span
                    className="pointer-events-none absolute min-w-[5px] rounded-xs outline-2 outline-ink"
                    style={{ left: share(at.day), width: share(1), top: at.row * ROW_PX + 1, height: ROW_PX - 2 }}
                  />
                </>
              )}
            </div>
          </div>
        </div>
      </div>
    </div>
  );
}

const within = (value: number, count: number): number => Math.min(count - 1, Math.max(0, value));

/**
 * The end of the selected days that stays while the one at `day` is moved; a selection begins at `day` if it is no
 * end.
 */
function otherEnd(chosen: Stretch | null, day: number): number {
  if (chosen?.since === day) return chosen.until;
  return chosen?.until === day ? chosen.since : day;
}

/** Where a key leads from a place, or null where it is none of ours. */
function moved(key: string, { row, day }: Place, days: number, rows: number): Place | null {
  const month = 30;
  const places: Record<string, Place> = {
    ArrowLeft: { row, day: day - 1 },
    ArrowRight: { row, day: day + 1 },
    ArrowUp: { row: row - 1, day },
    ArrowDown: { row: row + 1, day },
    PageUp: { row, day: day - month },
    PageDown: { row, day: day + month },
    Home: { row, day: 0 },
    End: { row, day: days - 1 },
  };
  const place = places[key];
  return place ? { row: within(place.row, rows), day: within(place.day, days) } : null;
}
