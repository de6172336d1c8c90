import type { PlanSession, PlanWeek } from "@/api/coach/plans";
import { usePreferences } from "@/api/session";
import { kindWords, phaseWords } from "@/features/coach/words";
import { useDropDays, type DraftDay, type Edit } from "@/features/plan/draft";
import { EventFlag } from "@/features/plan/EventFlag";
import { SessionChip } from "@/features/plan/SessionChip";
import { classes } from "@/lib/classes";
import { day as dayWords, weekday } from "@/lib/dates";
import { decimal, span } from "@/lib/units";
import { t } from "./text";

/** A week of the plan as seven days; a session that is dropped on a day moves there. */
export function WeekRow({
  number,
  week,
  days,
  now,
  changed,
  edit,
  onShow,
}: {
  number: number;
  week: PlanWeek | undefined;
  days: DraftDay[];
  now: string;
  changed: ReadonlySet<string>;
  edit: Edit;
  onShow: (session: PlanSession) => void;
}) {
  const wish = usePreferences();
  const { over, drop } = useDropDays(now, edit);
  if (!week) return null;
  return (
    <li id={`week-${week.monday}`} className="scroll-mt-4 p-3 md:p-4">
      <p className="mb-2 flex flex-wrap items-baseline gap-x-3 text-sm">
        <span className="font-semibold">{t("weeks.week", { number, day: dayWords(week.monday, wish, "short") })}</span>
        <span className="text-ink-2">
          {t("weeks.words", {
            phase: phaseWords(week.phase),
            kind: kindWords(week.kind),
            hours: span(60 * week.minutes),
            load: decimal(week.load),
            goal: decimal(week.goal),
          })}
        </span>
      </p>
      <ol className="grid grid-cols-1 gap-1.5 md:grid-cols-7">
        {days.map(({ date, event, sessions }) => (
          <li
            key={date}
            data-day={date}
            aria-current={date === now ? "date" : undefined}
            className={classes(
              "flex min-w-0 gap-2 rounded-lg border p-1.5 md:min-h-20 md:flex-col md:gap-1",
              over === date ? "border-accent bg-accent-soft" : "border-line",
              date < now && "bg-sunken",
              sessions.length === 0 && event === null && "max-md:hidden",
            )}
            {...drop(date)}
          >
            <span className="w-16 shrink-0 text-xs text-ink-2 md:w-auto">
              <span className="md:hidden">{dayWords(date, wish, "short")}</span>
              <span className="max-md:hidden">{`${weekday(date)} ${Number(date.slice(8))}`}</span>
            </span>
            <div className="flex min-w-0 flex-1 flex-col gap-1">
              {event !== null && <EventFlag name={event} />}
              {sessions.map((session) => (
                <SessionChip
                  key={session.id}
                  session={session}
                  changed={changed.has(session.id)}
                  edit={session.locked ? null : edit}
                  now={now}
                  onShow={onShow}
                />
              ))}
            </div>
          </li>
        ))}
      </ol>
    </li>
  );
}
