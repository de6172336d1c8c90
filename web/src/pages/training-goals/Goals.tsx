import { useState } from "react";

import { reason } from "@/api/client";
import { useMayPlan, usePreferences } from "@/api/session";
import { useGoals, useRestoreGoal, type Goal, type RemovedGoal } from "@/api/training/goals";
import { goalName } from "@/features/goals/goals";
import { TrainingPage } from "@/features/training/TrainingPage";
import { Button } from "@/ui/controls/Button";
import { Section } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { sayError } from "@/ui/layout/Toasts";
import { GoalCard } from "./GoalCard";
import { GoalDialog } from "./GoalDialog";
import { t } from "./text";

/** The goals of each week, month and year: how they stand and how earlier periods went. */
export function Goals() {
  const { data, error, refetch } = useGoals();
  const mayPlan = useMayPlan();
  const [asked, setAsked] = useState<"new" | Goal | null>(null);
  const add = (
    <Button
      icon="plus"
      kind="primary"
      onClick={() => {
        setAsked("new");
      }}
    >
      {t("goals.add")}
    </Button>
  );
  return (
    <TrainingPage title={t("goals.title")} at="goals" {...(mayPlan && data?.items.length && { actions: add })}>
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Waiting>
          <div className="skeleton h-80" />
        </Waiting>
      ) : (
        <>
          {data.items.length === 0 ? (
            <div className="card">
              <Empty icon="target" title={t("goals.none")} hint={t("goals.none_hint")}>
                {mayPlan && add}
              </Empty>
            </div>
          ) : (
            <ul className="grid items-start gap-4 lg:grid-cols-2">
              {data.items.map((goal) => (
                <li key={goal.id} className="min-w-0">
                  <GoalCard
                    goal={goal}
                    mayEdit={mayPlan}
                    onChange={() => {
                      setAsked(goal);
                    }}
                  />
                </li>
              ))}
            </ul>
          )}
          {mayPlan && data.removed.length > 0 && <Removed goals={data.removed} />}
        </>
      )}
      {asked !== null && (
        <GoalDialog
          {...(asked !== "new" && { goal: asked })}
          onClose={() => {
            setAsked(null);
          }}
        />
      )}
    </TrainingPage>
  );
}

function Removed({ goals }: { goals: RemovedGoal[] }) {
  const wish = usePreferences();
  const restore = useRestoreGoal();
  return (
    <Section title={t("goals.removed")} id="goals-removed">
      <ul className="card divide-y divide-line">
        {goals.map((goal) => (
          <li key={goal.id} className="flex items-center gap-3 px-4 py-2">
            <span className="min-w-0 flex-1 truncate">{goalName(goal, wish)}</span>
            <Button
              busy={restore.isPending && restore.variables === goal.id}
              onClick={() => {
                restore.mutate(goal.id, {
                  onError: (error) => {
                    sayError(reason(error));
                  },
                });
              }}
            >
              {t("goals.restore")}
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
