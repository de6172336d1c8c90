import { useMemo, type KeyboardEvent, type PointerEvent } from "react";

import type { PlannedRoute } from "@/api/coach/plannedRoutes";
import { usePreferences } from "@/api/session";
import { useCursor, type Cursor } from "@/charts/channels/cursor";
import { told } from "@/lib/units";
import { COLOURS, kindWords, sectionAt } from "./looks";
import { t } from "./text";

const [WIDTH, HEIGHT, PAD] = [1000, 160, 14];
/** Metres of height that a profile spans at least, so that a flat route looks flat. */
const LEAST_SPAN = 60;
/** How far an arrow key goes: a hundredth of the route. */
const STEPS = 100;

/** The heights along a route, each section in its colour and with its number; a place on it is everybody's cursor. */
export function ElevationProfile({
  route: { profile, sections, length_m },
  cursor,
  chosen,
  onCut,
}: {
  route: PlannedRoute;
  cursor: Cursor;
  chosen: number | null;
  /** Cuts the route at a place in metres; null where it is not being cut. */
  onCut: ((at: number) => void) | null;
}) {
  const wish = usePreferences();
  const at = useCursor(cursor);
  const { distance_m, altitude_m } = profile;
  const [low, high] = useMemo(() => {
    const heights = altitude_m ?? [0];
    const [least, most] = [Math.min(...heights), Math.max(...heights)];
    return [least, Math.max(most, least + LEAST_SPAN)];
  }, [altitude_m]);
  const x = (metres: number): number => (metres / length_m) * WIDTH;
  const y = (height: number): number => HEIGHT - PAD / 2 - ((height - low) / (high - low)) * (HEIGHT - 2 * PAD);
  const heightAt = (metres: number): number => altitude_m?.[distance_m.findIndex((d) => d >= metres)] ?? low;
  const areas = useMemo(
    () =>
      sections.map((section) => {
        const points = distance_m
          .map((metres, i) => [metres, altitude_m?.[i] ?? low] as const)
          .filter(([metres]) => metres >= section.start_m - 0.1 && metres <= section.end_m + 0.1)
          .map(([metres, height]) => `${x(metres).toFixed(1)},${y(height).toFixed(1)}`);
        return { section, points: points.join(" ") };
      }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- x and y follow from these
    [sections, distance_m, altitude_m, low, high, length_m],
  );
  const metresAt = (event: PointerEvent<HTMLElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1) * length_m;
  };
  const press = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      cursor.set(Math.min(Math.max((at ?? 0) + (step * length_m) / STEPS, 0), length_m));
    }
    if (event.key === "Enter" && at !== null) onCut?.(at);
    if (event.key === "Escape") cursor.set(null);
  };
  const here = at === null ? undefined : sectionAt(sections, at);
  const words =
    at === null || !here ? "" : t("planned.profile_value", { at: told("distance", at, wish), number: here.number });
  return (
    <div>
      <p className="mb-1 flex min-h-5 flex-wrap gap-x-3 text-sm text-ink-2" aria-hidden="true">
        {at !== null && here && (
          <>
            <span className="font-semibold text-ink">{told("distance", at, wish)}</span>
            {altitude_m !== null && <span>{told("elevation", heightAt(at), wish)}</span>}
            <span>{`${here.number} · ${kindWords(here)}`}</span>
          </>
        )}
      </p>
      <div
        role="slider"
        tabIndex={0}
        aria-label={t("planned.profile")}
        aria-valuemin={0}
        aria-valuemax={Math.round(length_m)}
        aria-valuenow={Math.round(at ?? 0)}
        aria-valuetext={words}
        data-testid="route-profile"
        className={`relative h-36 touch-pan-y md:h-44 ${onCut ? "cursor-col-resize" : "cursor-crosshair"}`}
        onKeyDown={press}
        onPointerMove={(event) => {
          cursor.set(metresAt(event));
        }}
        onPointerLeave={() => {
          cursor.set(null);
        }}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          if (event.detail > 0) onCut?.(((event.clientX - box.left) / box.width) * length_m);
        }}
      >
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className="block h-full w-full" aria-hidden>
          {areas.map(({ section, points }) => {
            const faded = (chosen ?? here?.number ?? section.number) !== section.number;
            const [from, to] = [x(section.start_m).toFixed(1), x(section.end_m).toFixed(1)];
            return (
              <g key={section.number} style={{ color: `var(${COLOURS[section.kind]})` }}>
                <polygon
                  points={`${from},${HEIGHT} ${points} ${to},${HEIGHT}`}
                  fill="currentColor"
                  opacity={faded ? 0.25 : 0.5}
                />
                <polyline
                  points={points}
                  fill="none"
                  stroke="currentColor"
                  strokeWidth={2}
                  vectorEffect="non-scaling-stroke"
                />
                <line
                  x1={from}
                  x2={from}
                  y1={0}
                  y2={HEIGHT}
                  className="stroke-surface"
                  vectorEffect="non-scaling-stroke"
                />
              </g>
            );
          })}
          {at !== null && (
            <line
              x1={x(at)}
              x2={x(at)}
              y1={0}
              y2={HEIGHT}
              className="stroke-ink"
              strokeWidth={1.5}
              vectorEffect="non-scaling-stroke"
            />
          )}
        </svg>
      </div>
      <p className="mt-1 flex justify-between text-xs text-ink-3" aria-hidden="true">
        <span>{told("distance", 0, wish)}</span>
        {altitude_m !== null && (
          <span>{`${told("elevation", low, wish)} – ${told("elevation", Math.max(...altitude_m), wish)}`}</span>
        )}
        <span>{told("distance", length_m, wish)}</span>
      </p>
    </div>
  );
}
