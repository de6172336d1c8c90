import { Link } from "react-router";

import { useWorkoutReview, type WorkoutReview } from "@/api/coach/reviews";
import { useMayEdit } from "@/api/session";
import { routes } from "@/lib/routes";
import { decimal, duration, span } from "@/lib/units";
import { Section } from "@/ui/layout/Page";
import { Table, type ColumnOf } from "@/ui/values/Table";
import { Points } from "./Points";
import { t } from "./text";

type Score = NonNullable<WorkoutReview["score"]>;
type Step = Score["steps"][number];

/** What was planned for an activity, and how it was kept; nothing where no session planned it. */
export function PlannedPart({ activity }: { activity: string }) {
  const mayEdit = useMayEdit();
  const { data } = useWorkoutReview(activity, mayEdit);
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
        {score.steps.length > 0 && <Steps steps={score.steps} />}
      </div>
    </Section>
  );
}

function figure(value: number, unit: string): string {
  return unit === "W" ? decimal(value) : decimal(value, 2);
}

function Steps({ steps }: { steps: Step[] }) {
  const columns: ColumnOf<Step>[] = [
    { head: t("review.step"), cell: ({ number }) => decimal(number) },
    {
      head: t("review.target"),
      cell: ({ low, high, unit }) => `${figure(low, unit)}–${figure(high, unit)} ${unit}`,
    },
    { head: t("review.time"), cell: ({ planned_s }) => duration(planned_s) },
    {
      head: t("review.held"),
      cell: ({ value, unit }) =>
        value === null ? (
          t("review.missing")
        ) : (
          <span className="font-semibold">{`${figure(value, unit)} ${unit}`}</span>
        ),
    },
    { head: t("review.done"), cell: ({ done_s }) => duration(done_s) },
    { head: t("review.score"), cell: ({ score }) => (score === null ? "" : decimal(score)) },
  ];
  return <Table label={t("review.steps")} rows={steps} columns={columns} keyOf={({ number }) => String(number)} />;
}
