import type { PlanWeek } from "@/api/coach/plans";
import { usePreferences } from "@/api/session";
import { kindWords, phaseWords } from "@/features/coach/words";
import { day as dayWords } from "@/lib/dates";
import { decimal, span } from "@/lib/units";
import { Section } from "@/ui/layout/Page";
import { t } from "./text";

const HEIGHT = 96;

/** Each week as a bar, as high as its load; easy weeks are pale, and a line marks where a phase begins. */
export function Timeline({ weeks }: { weeks: PlanWeek[] }) {
  const wish = usePreferences();
  const most = Math.max(1, ...weeks.map(({ load, goal }) => Math.max(load, goal)));
  const phases = weeks.map(({ phase }, at) => (at === 0 || weeks[at - 1]?.phase !== phase ? phase : null));
  return (
    <Section title={t("weeks.title")} id="weeks">
      <div className="card overflow-x-auto p-4">
        <ol
          className="grid min-w-fit gap-1"
          style={{ gridTemplateColumns: `repeat(${weeks.length}, minmax(1.75rem, 1fr))` }}
          aria-label={t("weeks.picture", { loads: weeks.map(({ load }) => decimal(load)).join(", ") })}
        >
          {weeks.map((week, at) => {
            const phase = phases[at] ?? null;
            const words = t("weeks.words", {
              phase: phaseWords(week.phase),
              kind: kindWords(week.kind),
              hours: span(60 * week.minutes),
              load: decimal(week.load),
              goal: decimal(week.goal),
            });
            const name = t("weeks.week", { number: at + 1, day: dayWords(week.monday, wish, "short") });
            return (
              <li key={week.monday} className="relative flex flex-col">
                <span className="h-5 text-xs whitespace-nowrap text-ink-2">{phase && phaseWords(phase)}</span>
                <a
                  href={`#week-${week.monday}`}
                  title={`${name}\n${words}\n${t("weeks.why", { why: week.why })}`}
                  aria-label={`${name}. ${words}`}
                  className={`flex items-end rounded-sm ${phase && at > 0 ? "border-l border-line-strong pl-1" : ""}`}
                  style={{ height: HEIGHT }}
                >
                  <span
                    className={`block w-full rounded-t-sm ${week.kind === "load" ? "bg-accent" : "bg-(--chart-quiet)"}`}
                    style={{ height: `${(100 * week.load) / most}%` }}
                  />
                </a>
                <span className="mt-1 text-center text-xs text-ink-2">{at + 1}</span>
              </li>
            );
          })}
        </ol>
      </div>
    </Section>
  );
}
