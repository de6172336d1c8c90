import { Link } from "react-router";

import type { PlannedSession, PlanToday, PlanWeek } from "@/api/coach/plans";
import { useWeekReview } from "@/api/coach/reviews";
import { usePreferences } from "@/api/session";
import { Points } from "@/features/coach/Points";
import { kindWords, phaseWords, sportOf } from "@/features/coach/words";
import { InWords } from "@/features/words/InWords";
import { sportLook } from "@/lib/activity/sports";
import { classes } from "@/lib/classes";
import { day as dayWords } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { decimal, span } from "@/lib/units";
import { Section } from "@/ui/layout/Page";
import { Icon } from "@/ui/pictures/Icon";
import { t } from "./text";

type Extra = PlanToday["extra"][number];

/** The week's days: what was planned, what was done, and how well the two agree. */
export function Week({
  week,
  sessions,
  extra,
  day,
}: {
  week: PlanWeek;
  sessions: PlannedSession[];
  extra: Extra[];
  day: string;
}) {
  const wish = usePreferences();
  const done = sessions.reduce((sum, one) => sum + (one.done_minutes ?? 0), 0);
  const total = done + extra.reduce((sum, one) => sum + one.minutes, 0);
  return (
    <Section title={t("week.title")} id="week">
      <p className="mb-2 text-sm text-ink-2">
        {t("week.sums", { phase: phaseWords(week.phase), kind: kindWords(week.kind), why: week.why })}
      </p>
      <Bars planned={week.minutes} done={total} />
      <Review day={day} />
      <InWords asked={{ kind: "week", day }} subject={week.monday} />
      <ul className="card mt-3 divide-y divide-line">
        {week.days.map(({ date }) => {
          const of = sessions.filter((one) => one.date === date);
          const more = extra.filter((one) => one.date === date);
          return (
            <li
              key={date}
              aria-current={date === day ? "date" : undefined}
              className={classes("grid grid-cols-[5.5rem_1fr] gap-x-3 px-4 py-2.5", date === day && "bg-accent-soft")}
            >
              <span className="text-sm text-ink-2">{dayWords(date, wish, "short")}</span>
              <div className="flex min-w-0 flex-col gap-1.5">
                {of.length === 0 && more.length === 0 && <span className="text-sm text-ink-3">{t("week.rest")}</span>}
                {of.map((one) => (
                  <Row key={one.id} session={one} />
                ))}
                {more.map((one) => (
                  <Unplanned key={one.id} activity={one} />
                ))}
              </div>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

/** What is worth a sentence in the week so far. */
function Review({ day }: { day: string }) {
  const { data } = useWeekReview(day);
  if (!data || data.points.length === 0) return null;
  return (
    <div className="mt-3">
      <Points items={data.points} />
    </div>
  );
}

function Bars({ planned, done }: { planned: number; done: number }) {
  const most = Math.max(planned, done, 1);
  const bars: [name: string, minutes: number, look: string][] = [
    [t("week.planned"), planned, "bg-(--chart-quiet)"],
    [t("week.done"), done, "bg-accent"],
  ];
  return (
    <dl className="grid grid-cols-[4.5rem_1fr_auto] items-center gap-x-3 gap-y-1 text-sm">
      {bars.map(([name, minutes, look]) => (
        <div key={name} className="contents">
          <dt className="text-ink-2">{name}</dt>
          <dd aria-hidden="true" className="h-2.5 overflow-hidden rounded-full bg-sunken">
            <span className={`block h-full rounded-full ${look}`} style={{ width: `${(100 * minutes) / most}%` }} />
          </dd>
          <dd className="font-medium">{span(60 * minutes)}</dd>
        </div>
      ))}
    </dl>
  );
}

function stateWords(state: PlannedSession["state"]): string {
  return {
    open: t("week.state_open"),
    done: t("week.state_done"),
    missed: t("week.state_missed"),
    skipped: t("week.state_skipped"),
  }[state];
}

function Row({ session }: { session: PlannedSession }) {
  const { title, sport, minutes, state, reason, score, label, activity, done_minutes } = session;
  const { icon, colour } = sportLook(sportOf(sport));
  return (
    <div className="flex min-w-0 flex-wrap items-baseline gap-x-3 gap-y-0.5">
      <span data-tone={colour} className="self-center text-(--tone)">
        <Icon name={icon} size={16} />
      </span>
      <span className="min-w-0 font-medium">{title}</span>
      <span className="text-sm text-ink-2">
        {done_minutes === null
          ? span(60 * minutes)
          : t("week.of", { done: span(60 * done_minutes), planned: span(60 * minutes) })}
      </span>
      <span className="ml-auto text-sm">
        {activity === null ? (
          <span className={state === "missed" ? "text-warn" : "text-ink-2"}>
            {[stateWords(state), reason].filter(Boolean).join(": ")}
          </span>
        ) : (
          <Link to={routes.activity(activity)} className="font-medium text-accent hover:underline">
            {score === null
              ? stateWords(state)
              : t("week.score", { score: decimal(score), label: label ?? stateWords(state) })}
          </Link>
        )}
      </span>
    </div>
  );
}

function Unplanned({ activity }: { activity: Extra }) {
  const { icon, colour } = sportLook(sportOf(activity.sport));
  return (
    <Link to={routes.activity(activity.id)} className="flex min-w-0 flex-wrap items-baseline gap-x-3 hover:underline">
      <span data-tone={colour} className="self-center text-(--tone)">
        <Icon name={icon} size={16} />
      </span>
      <span className="min-w-0 truncate">{activity.name}</span>
      <span className="text-sm text-ink-2">{span(60 * activity.minutes)}</span>
      <span className="ml-auto text-sm text-ink-2">{t("week.extra")}</span>
    </Link>
  );
}
