import type { PlannedRoute, RouteSection } from "@/api/coach/plannedRoutes";
import { usePreferences } from "@/api/session";
import { useCursor, type Cursor } from "@/charts/channels/cursor";
import { classes } from "@/lib/classes";
import { decimal, duration, NOTHING, told } from "@/lib/units";
import { IconButton } from "@/ui/controls/Button";
import { COLOURS, kindWords, sectionAt } from "./looks";
import { t } from "./text";

const CELL = "px-3 py-1.5 text-right";

/** The sections of a route as a table; the one under the cursor is pointed out, and one may be chosen for the map. */
export function Sections({
  route: { sections },
  cursor,
  chosen,
  onChoose,
  onUncut,
}: {
  route: PlannedRoute;
  cursor: Cursor;
  chosen: number | null;
  onChoose: (number: number | null) => void;
  onUncut: ((at: number) => void) | null;
}) {
  const at = useCursor(cursor);
  const here = at === null ? undefined : sectionAt(sections, at)?.number;
  const has = (some: (section: RouteSection) => unknown): boolean => sections.some((one) => some(one) !== null);
  const shown = {
    heights: has(({ grade_pct }) => grade_pct),
    times: has(({ seconds }) => seconds),
    power: has(({ power_w }) => power_w),
    gears: has(({ gear }) => gear),
  };
  const heads = [
    t("planned.from"),
    t("planned.length"),
    ...(shown.heights ? [t("planned.gain"), t("planned.grade"), t("planned.steepest")] : []),
    ...(shown.times ? [t("planned.section_time")] : []),
    ...(shown.power ? [t("planned.power")] : []),
    ...(shown.gears ? [t("planned.gear")] : []),
  ];
  return (
    <div className="card overflow-x-auto" tabIndex={0} role="region" aria-label={t("planned.sections")}>
      <table className="w-full text-sm whitespace-nowrap">
        <thead className="bg-sunken/60 text-xs text-ink-3">
          <tr>
            <th scope="col" className="px-3 py-2 text-left font-medium">
              {t("planned.section")}
            </th>
            {heads.map((head) => (
              <th key={head} scope="col" className="px-3 py-2 text-right font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sections.map((section) => (
            <tr
              key={section.number}
              data-testid={`section-${section.number}`}
              data-here={section.number === here}
              className={classes(
                "border-t border-line",
                section.number === chosen ? "bg-accent-soft" : section.number === here ? "bg-sunken" : "",
              )}
              onPointerEnter={() => {
                cursor.set((section.start_m + section.end_m) / 2);
              }}
              onPointerLeave={() => {
                cursor.set(null);
              }}
            >
              <Name section={section} chosen={section.number === chosen} onChoose={onChoose} onUncut={onUncut} />
              <Figures section={section} shown={shown} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Name({
  section,
  chosen,
  onChoose,
  onUncut,
}: {
  section: RouteSection;
  chosen: boolean;
  onChoose: (number: number | null) => void;
  onUncut: ((at: number) => void) | null;
}) {
  const { number, kind, cut, start_m } = section;
  return (
    <td className="px-3 py-1.5 text-left">
      <span className="flex items-center gap-1">
        <button
          type="button"
          aria-pressed={chosen}
          aria-label={t("planned.show_section", { section: `${number} · ${kindWords(section)}` })}
          className="touch flex items-center gap-2 rounded text-left font-medium underline-offset-4 hover:underline"
          onClick={() => {
            onChoose(chosen ? null : number);
          }}
        >
          <span className="size-3 rounded-sm" style={{ background: `var(${COLOURS[kind]})` }} />
          {`${number} · ${kindWords(section)}`}
        </button>
        {cut && onUncut && (
          <IconButton
            name={t("planned.uncut", { number })}
            icon="close"
            onClick={() => {
              onUncut(start_m);
            }}
          />
        )}
      </span>
    </td>
  );
}

function Figures({
  section,
  shown,
}: {
  section: RouteSection;
  shown: Record<"heights" | "times" | "power" | "gears", boolean>;
}) {
  const wish = usePreferences();
  const { start_m, length_m, gain_m, grade_pct, steepest_pct, seconds, power_w, gear } = section;
  const pct = (value: number | null): string => (value === null ? NOTHING : `${decimal(value, 1)} %`);
  return (
    <>
      <td className={CELL}>{told("distance", start_m, wish)}</td>
      <td className={CELL}>{told("distance", length_m, wish)}</td>
      {shown.heights && (
        <>
          <td className={CELL}>{told("elevation", gain_m, wish)}</td>
          <td className={CELL}>{pct(grade_pct)}</td>
          <td className={CELL}>{pct(steepest_pct)}</td>
        </>
      )}
      {shown.times && <td className={CELL}>{duration(seconds)}</td>}
      {shown.power && <td className={CELL}>{told("power", power_w, wish)}</td>}
      {shown.gears && <td className={CELL}>{gear === null ? NOTHING : gearWords(gear)}</td>}
    </>
  );
}

function gearWords({ chainring, sprocket, short }: NonNullable<RouteSection["gear"]>): string {
  const gear = `${chainring} × ${sprocket}`;
  return short > 0 ? t("planned.short", { gear, teeth: short }) : gear;
}
