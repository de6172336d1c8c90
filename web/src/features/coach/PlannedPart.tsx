import { Link } from "react-router";

import { useWorkoutReview, type WorkoutReview } from "@/api/coach/reviews";
import { useMayPlan, usePreferences } from "@/api/session";
import { routes } from "@/lib/routes";
import { decimal, duration, joined, NOTHING, quantityOf, scaleOfUnit, span, type Scale } from "@/lib/units";
import { Section } from "@/ui/layout/Page";
import { Table, type ColumnOf } from "@/ui/values/Table";
import { Points } from "./Points";
import { t } from "./text";

type Score = NonNullable<WorkoutReview["score"]>;
type Step = Score["steps"][number];

/** What was planned for an activity, and how it was kept; nothing where no session planned it. */
export function PlannedPart({ activity, sport }: { activity: string; sport: string }) {
  const mayPlan = useMayPlan();
  const { data } = useWorkoutReview(activity, mayPlan);
  if (!data?.session || !data.score) return null;
  const { session, score, plan } = data;
  return (
    <Section title={t("review.title")} id="planned">
      <div className="card flex flex-col gap-3 p-4 md:p-5">
        <p>
          {plan === null ? (
            <span className="font-semibold">{session.title}</span>
          ) : (
            <Link to={routes.plan(plan)} className="font-semibold underline">
              {session.title}
            </Link>
          )}{" "}
          <span className="text-ink-2">
            {t("review.lengths", {
              done: span(60 * data.minutes),
              planned: span(60 * session.minutes),
              load: decimal(data.load ?? 0),
              goal: decimal(session.load),
            })}
          </span>
        </p>
        <Points items={data.points} />
        {score.steps.length > 0 && <Steps steps={score.steps} sport={sport} />}
      </div>
    </Section>
  );
}

/** By how much a value lies outside of its target, in % of the nearer end; 0 within it. */
export function deviation({ value, low, high }: Pick<Step, "value" | "low" | "high">): number | null {
  if (value === null || low <= 0 || high <= 0) return null;
  if (value < low) return 100 * (value / low - 1);
  return value > high ? 100 * (value / high - 1) : 0;
}

function Steps({ steps, sport }: { steps: Step[]; sport: string }) {
  const wish = usePreferences();
  const scale = (unit: string): Scale => scaleOfUnit(unit, 0, wish, sport);
  const columns: ColumnOf<Step>[] = [
    { head: t("review.step"), cell: ({ number }) => decimal(number) },
    {
      head: t("review.target"),
      cell: ({ low, high, unit }) => {
        // The slower end of a pace is the larger number.
        const ends = scale(unit).pace ? [high, low] : [low, high];
        const [from = "", to = ""] = ends.map((end) => quantityOf(scale(unit), end).value);
        return joined({ value: from === to ? from : `${from}–${to}`, unit: scale(unit).unit });
      },
    },
    { head: t("review.time"), cell: ({ planned_s }) => duration(planned_s) },
    {
      head: t("review.held"),
      cell: ({ value, unit }) =>
        value === null ? (
          t("review.missing")
        ) : (
          <span className="font-semibold">{joined(quantityOf(scale(unit), value))}</span>
        ),
    },
    { head: t("review.deviation"), cell: (step) => off(deviation(step)) },
    { head: t("review.done"), cell: ({ done_s }) => duration(done_s) },
    { head: t("review.score"), cell: ({ score }) => (score === null ? "" : decimal(score)) },
  ];
  return <Table label={t("review.steps")} rows={steps} columns={columns} keyOf={({ number }) => String(number)} />;
}

function off(percent: number | null): string {
  if (percent === null) return NOTHING;
  const whole = Math.round(percent);
  return whole === 0 ? t("review.on_target") : `${whole > 0 ? "+" : "−"}${decimal(Math.abs(whole))}%`;
}
