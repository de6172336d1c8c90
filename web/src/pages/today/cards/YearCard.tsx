import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useNavigate } from "react-router";

import { usePreferences } from "@/api/session";
import type { Today } from "@/api/types";
import { day as dayWords, monthShort, shifted } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { decimal } from "@/lib/units";
import { useMedia } from "@/ui/hooks/media";
import { t } from "@/pages/today/text";
import { cellOf, dayAt, monthsOf, shadeOf, STEPS, WEEK } from "@/pages/today/year";
import { Frame } from "./Frame";

const [CELL, HEAD] = [12, 14];
const fill = (shade: number): string =>
  shade === 0 ? "var(--sunken)" : `color-mix(in srgb, var(--accent) ${20 + 20 * shade}%, var(--surface))`;

/** A year of days, a column for each week, as dark as they had load; a press opens the activities of a day. */
export function YearCard({ year }: { year: Today["year"] }) {
  return (
    <Frame of="year" to={routes.calendar("year")}>
      {year ? <Grid year={year} /> : <p className="text-sm text-ink-2">{t("fitness.none")}</p>}
    </Frame>
  );
}

function Grid({ year }: { year: NonNullable<Today["year"]> }) {
  const wish = usePreferences();
  const navigate = useNavigate();
  const touch = useMedia("(pointer: coarse)");
  const { first, loads, levels } = year;
  const [at, setAt] = useState<number | null>(null);
  const box = useRef<HTMLDivElement>(null);
  // Where there is no room for the year, its newest days are in sight first.
  useEffect(() => {
    box.current?.scrollTo(box.current.scrollWidth, 0);
  }, []);
  const place = at ?? loads.length - 1;
  const [width, height] = [CELL * Math.ceil(loads.length / WEEK), HEAD + CELL * WEEK];
  const words = t("year.at", { day: dayWords(shifted(first, place), wish), load: decimal(loads[place] ?? 0) });
  const open = (day: number): void => {
    void navigate(routes.activitiesOf(shifted(first, day)));
  };
  const press = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt(Math.min(loads.length - 1, Math.max(0, place + step)));
    } else if (event.key === "Enter") open(place);
  };
  const dayOf = (event: React.MouseEvent): number | null => {
    const area = event.currentTarget.getBoundingClientRect();
    const [x, y] = [(event.clientX - area.left) / area.width, (event.clientY - area.top) / area.height];
    return dayAt((x * width) / CELL, (y * height - HEAD) / CELL, loads.length);
  };
  return (
    <>
      <div ref={box} className="overflow-x-auto">
        <div
          role="slider"
          tabIndex={0}
          aria-label={t("year.label")}
          aria-valuemin={0}
          aria-valuemax={loads.length - 1}
          aria-valuenow={place}
          aria-valuetext={words}
          onKeyDown={press}
          onPointerMove={(event) => {
            setAt(dayOf(event));
          }}
          onPointerLeave={(event) => {
            // Where keys have led stays: the page may move under a mouse that rests.
            if (document.activeElement !== event.currentTarget) setAt(null);
          }}
          onClick={(event) => {
            const day = dayOf(event);
            if (day !== null) open(day);
          }}
          className="min-w-2xl cursor-pointer rounded focus-visible:-outline-offset-2"
        >
          <svg aria-hidden="true" viewBox={`0 0 ${width} ${height}`} className="block w-full">
            {monthsOf(first, loads.length).map(({ week, day }) => (
              <text key={day} x={week * CELL} y={HEAD - 4} fontSize={10} fill="var(--ink-3)">
                {monthShort(day)}
              </text>
            ))}
            {loads.map((load, day) => {
              const { column, row } = cellOf(day);
              return (
                <rect
                  key={day}
                  x={column * CELL}
                  y={HEAD + row * CELL}
                  width={CELL - 2}
                  height={CELL - 2}
                  rx={2}
                  fill={fill(shadeOf(load, levels))}
                  {...(day === at && { stroke: "var(--ink)", strokeWidth: 1.5 })}
                />
              );
            })}
          </svg>
        </div>
      </div>
      <div className="mt-1.5 flex min-h-5 flex-wrap items-center justify-between gap-x-4 text-xs text-ink-2">
        <span data-testid="year-at">{at === null ? (touch ? "" : t("year.hint")) : words}</span>
        <span aria-hidden="true" className="flex items-center gap-1">
          {t("today.year_less")}
          {[0, 1, 2, 3, 4].map((shade) => (
            <span key={shade} className="size-2.5 rounded-xs" style={{ background: fill(shade) }} />
          ))}
          {t("today.year_more")}
        </span>
      </div>
    </>
  );
}
