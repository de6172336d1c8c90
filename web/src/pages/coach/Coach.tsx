import { useState } from "react";
import { Link } from "react-router";

import { usePlans, usePlanToday, type PlanItem, type PlanToday } from "@/api/coach/plans";
import { useMayPlan, usePreferences } from "@/api/session";
import { CoachPage } from "@/features/coach/CoachPage";
import { PlanSending } from "@/features/coach/sending/PlanSending";
import { Violations } from "@/features/coach/Violations";
import { statusWords } from "@/features/coach/words";
import { day as dayWords } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { Button, ButtonLink } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Section } from "@/ui/layout/Page";
import { Empty, Failure, Notice, Waiting } from "@/ui/layout/States";
import { Advice } from "./Advice";
import { CoachFiles } from "./CoachFiles";
import { MakePlan } from "./MakePlan";
import { Today } from "./Today";
import { Week } from "./Week";
import { t } from "./text";

/** Coach: today's session, this week, what is advised, and the plans. */
export function Coach() {
  const mayPlan = useMayPlan();
  const [making, setMaking] = useState(false);
  const plans = usePlans();
  const today = usePlanToday();
  const error = plans.error ?? today.error;
  const some = (plans.data?.length ?? 0) > 0;
  return (
    <CoachPage
      title={t("plan.title")}
      at="plan"
      actions={
        <>
          {mayPlan && some && (
            <Button
              icon="plus"
              onClick={() => {
                setMaking(true);
              }}
            >
              {t("plan.new")}
            </Button>
          )}
          <CoachFiles />
        </>
      }
    >
      {error && !plans.data && <Failure error={error} retry={() => void plans.refetch()} />}
      {!error && (!plans.data || !today.data) && (
        <Waiting>
          <div className="skeleton h-72" />
        </Waiting>
      )}
      {plans.data && today.data && (some ? <Planned plans={plans.data} today={today.data} /> : <First />)}
      {making && (
        <Dialog
          title={t("make.title")}
          wide
          onClose={() => {
            setMaking(false);
          }}
        >
          <MakePlan />
        </Dialog>
      )}
    </CoachPage>
  );
}

function First() {
  const mayPlan = useMayPlan();
  return (
    <>
      <div className="card">
        <Empty icon="target" title={t("plan.none")} hint={t(mayPlan ? "plan.none_hint" : "plan.none_reader")} />
      </div>
      {mayPlan && (
        <Section title={t("make.title")}>
          <MakePlan />
        </Section>
      )}
    </>
  );
}

function Planned({ plans, today }: { plans: PlanItem[]; today: PlanToday }) {
  const waiting = plans.filter(({ status }) => status === "proposed");
  return (
    <div className="flex flex-col gap-4">
      {waiting.map(({ plan, title, version }) => (
        <Notice key={plan}>
          <span className="min-w-0 flex-1">{t("waiting.title", { title, version })}</span>
          <ButtonLink kind="primary" to={routes.plan(plan)}>
            {t("waiting.see")}
          </ButtonLink>
        </Notice>
      ))}
      {today.plan === null ? (
        <p className="text-ink-2">{t("force.none")}</p>
      ) : (
        <>
          {today.advice.length > 0 && <Advice items={today.advice} />}
          <Today today={today} />
          {today.gates.length > 0 && <Violations items={today.gates} />}
          {today.week && <Week week={today.week} sessions={today.sessions} extra={today.extra} day={today.day} />}
          <PlanSending />
        </>
      )}
      <Plans plans={plans} />
    </div>
  );
}

function Plans({ plans }: { plans: PlanItem[] }) {
  const wish = usePreferences();
  return (
    <Section title={t("plans.title")}>
      <ul className="card divide-y divide-line">
        {plans.map(({ plan, title, start, end, approved, status }) => (
          <li key={plan}>
            <Link to={routes.plan(plan)} className="flex flex-wrap items-baseline gap-x-4 px-4 py-3 hover:bg-sunken">
              <span className="min-w-0 flex-1 basis-48 font-medium">{title}</span>
              <span className="text-sm text-ink-2">
                {t("plans.from_to", { from: dayWords(start, wish, "plain"), to: dayWords(end, wish, "plain") })}
              </span>
              <span className="text-sm font-medium">{statusWords(approved === null ? status : "approved")}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
