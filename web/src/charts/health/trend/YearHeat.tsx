import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";

import { usePreferences } from "@/api/session";
import { useWidth } from "@/charts/surface";
import { ramp } from "@/lib/charts/colour";
import { day as dayWords, monthShort, shifted, weekStart } from "@/lib/dates";
import { daysAfter } from "@/lib/health/days";
import { joined, quantityOf, type Scale } from "@/lib/units";
import { token, useGround, type Ground } from "@/ui/hooks/media";
import { t } from "@/charts/health/text";

const [WEEKS, WEEK, HEAD, SEAM] = [54, 7, 16, 1];
const LEAST_CELL = 6;
/** Room for the name of a month. */
const NAME_PX = 28;

/** The days of a year as a heat map, a column for each week; days without a value are hatched. */
export function YearHeat({
  year,
  values,
  ends: [low, high],
  scale,
  measure,
  since,
  last,
  onOpen,
}: {
  year: number;
  /** By day, SI. */
  values: ReadonlyMap<string, number>;
  /** Where the colours begin and end, SI. */
  ends: [low: number, high: number];
  scale: Scale;
  measure: string;
  /** Days before it have no data and are left blank. */
  since: string;
  /** Days after it have not been. */
  last: string;
  onOpen: (day: string) => void;
}) {
  const wish = usePreferences();
  const ground = useGround();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [at, setAt] = useState<string | null>(null);
  const cell = Math.max(LEAST_CELL, Math.min(18, Math.floor(useWidth(box) / WEEKS)));
  const [january, december] = [`${year}-01-01`, `${year}-12-31`];
  const [first, end] = [since > january ? since : january, last < december ? last : december];
  const begin = weekStart(january, wish.week_start);
  const height = HEAD + WEEK * cell;
  useEffect(() => {
    if (canvas.current) draw(canvas.current, { begin, first, end, cell, values, low, high, ground });
  }, [begin, first, end, cell, values, low, high, ground]);
  const dayOf = (event: PointerEvent | React.MouseEvent): string | null => {
    const area = event.currentTarget.getBoundingClientRect();
    const [week, row] = [event.clientX - area.left, event.clientY - area.top - HEAD].map((px) => Math.floor(px / cell));
    const day = shifted(begin, WEEK * (week ?? 0) + (row ?? 0));
    return (row ?? -1) >= 0 && (row ?? WEEK) < WEEK && day >= first && day <= end ? day : null;
  };
  const press = (event: KeyboardEvent): void => {
    const here = at ?? end;
    const steps: Record<string, number> = { ArrowLeft: -WEEK, ArrowRight: WEEK, ArrowUp: -1, ArrowDown: 1 };
    const step = steps[event.key];
    if (event.key === "Enter" || event.key === " ") onOpen(here);
    else if (step === undefined) return;
    event.preventDefault();
    const next = shifted(here, step ?? 0);
    setAt(next < first ? first : next > end ? end : next);
  };
  const value = at === null ? undefined : values.get(at);
  const reading =
    at === null
      ? String(year)
      : t("health_chart.value_at", {
          day: dayWords(at, wish),
          value: value === undefined ? t("health_chart.no_value") : joined(quantityOf(scale, value)),
        });
  return (
    <section className="mb-4">
      <h2 className="mb-1 text-sm font-semibold">{reading}</h2>
      <div ref={box} className="overflow-x-auto">
        <div
          role="slider"
          tabIndex={0}
          aria-label={t("health_chart.year", { measure, year })}
          aria-valuemin={0}
          aria-valuemax={daysAfter(first, end)}
          aria-valuenow={daysAfter(first, at ?? end)}
          aria-valuetext={reading}
          className="cursor-pointer"
          style={{ width: WEEKS * cell, height }}
          onPointerMove={(event) => {
            setAt(dayOf(event));
          }}
          onPointerLeave={(event) => {
            // Where keys have led stays: the page may move under a mouse that rests.
            if (document.activeElement !== event.currentTarget) setAt(null);
          }}
          onClick={(event) => {
            const day = dayOf(event);
            if (day !== null) onOpen(day);
          }}
          onKeyDown={press}
        >
          <canvas ref={canvas} aria-hidden="true" className="block" />
        </div>
      </div>
    </section>
  );
}

interface Drawing {
  begin: string;
  first: string;
  end: string;
  cell: number;
  values: ReadonlyMap<string, number>;
  low: number;
  high: number;
  ground: Ground;
}

function draw(canvas: HTMLCanvasElement, { begin, first, end, cell, values, low, high, ground }: Drawing): void {
  const sharp = devicePixelRatio;
  const [width, height] = [WEEKS * cell, HEAD + WEEK * cell];
  canvas.width = Math.round(width * sharp);
  canvas.height = Math.round(height * sharp);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.scale(sharp, sharp);
  pen.strokeStyle = token("gap-nothing");
  pen.font = "11px system-ui, sans-serif";
  let named = -NAME_PX;
  for (let day = first; day <= end; day = shifted(day, 1)) {
    const after = daysAfter(begin, day);
    const [x, y, size] = [Math.floor(after / WEEK) * cell, HEAD + (after % WEEK) * cell, cell - SEAM];
    if ((day.endsWith("-01") || day === first) && x - named >= NAME_PX) {
      named = x;
      pen.fillStyle = token("ink-3");
      pen.fillText(monthShort(day), x, HEAD - 5);
    }
    const value = values.get(day);
    if (value === undefined) hatch(pen, x, y, size);
    else {
      pen.fillStyle = ramp(high > low ? (value - low) / (high - low) : 0.5, ground);
      pen.fillRect(x, y, size, size);
    }
  }
}

/** A cell without a value: two strokes across it. */
function hatch(pen: CanvasRenderingContext2D, x: number, y: number, size: number): void {
  pen.beginPath();
  pen.moveTo(x, y + size);
  pen.lineTo(x + size, y);
  pen.moveTo(x, y + size / 2);
  pen.lineTo(x + size / 2, y);
  pen.moveTo(x + size / 2, y + size);
  pen.lineTo(x + size, y + size / 2);
  pen.lineWidth = 0.7;
  pen.stroke();
}
