import { useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";

import { reason } from "@/api/client";
import {
  useDecide,
  usePlan,
  usePlanCheck,
  useRemovePlan,
  useReplan,
  useRestorePlan,
  type Plan,
  type Violation,
} from "@/api/coach/plans";
import { useMayPlan, usePreferences } from "@/api/session";
import { CoachPage } from "@/features/coach/CoachPage";
import { FitnessAhead } from "@/features/coach/FitnessAhead";
import { Violations } from "@/features/coach/Violations";
import { statusWords } from "@/features/coach/words";
import { InWords } from "@/features/words/InWords";
import { day as dayWords, shifted, today } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { decimal, span } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { TextField } from "@/ui/controls/Field";
import { Menu, MenuItem } from "@/ui/controls/Menu";
import { Section } from "@/ui/layout/Page";
import { Failure, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { Icon } from "@/ui/pictures/Icon";
import { AskChange } from "./AskChange";
import { Days } from "./Days";
import { Timeline } from "./Timeline";
import { Versions } from "./Versions";
import { t } from "./text";

/** So many days of the past lead into the picture of what is ahead. */
const PAST = 28;

/** A plan: its weeks, its days, what it does to the rules, and its versions. */
export function PlanPage() {
  const { plan = "" } = useParams();
  const [search] = useSearchParams();
  const version = Number(search.get("version") ?? 0);
  const { data, error, refetch } = usePlan(plan, version > 0 ? version : undefined);
  return (
    <CoachPage title={data?.title ?? t("weeks.title")} at="plan" actions={data && <Acts plan={data} />}>
      {error && !data && <Failure error={error} retry={() => void refetch()} />}
      {!error && !data && (
        <Waiting>
          <div className="skeleton h-[36rem]" />
        </Waiting>
      )}
      {data && <Whole plan={data} key={`${data.plan} ${data.version}`} />}
    </CoachPage>
  );
}

function Whole({ plan }: { plan: Plan }) {
  const wish = usePreferences();
  const check = usePlanCheck(plan.plan, plan.version);
  const dropped = plan.dropped;
  return (
    <>
      <p className="-mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-2">
        <span data-testid="status" className="rounded-full bg-accent-soft px-2.5 py-0.5 text-sm font-medium text-ink">
          {statusWords(plan.status)}
        </span>
        {t("plan.sums", {
          version: plan.version,
          from: dayWords(plan.start, wish, "plain"),
          to: dayWords(plan.end, wish, "plain"),
          hours: span(60 * plan.minutes),
          load: decimal(plan.load),
        })}
      </p>
      <p className="mt-1 max-w-prose text-sm text-ink-2">{plan.why}</p>
      {plan.race_morning && (
        <p className="mt-1 text-sm">{t("plan.race_form", { form: decimal(plan.race_morning.form, 1) })}</p>
      )}
      <Rules items={check.data} />
      {dropped.length > 0 && (
        <p className="mt-1 max-w-prose text-sm text-ink-2">{t("plan.dropped", { what: dropped.join(" ") })}</p>
      )}
      <InWords asked={{ kind: "explanation", plan: plan.plan, version: plan.version }} subject={plan.plan} />
      <AskChange plan={plan} />
      <Timeline weeks={plan.weeks} />
      {plan.status === "approved" && <Ahead plan={plan} />}
      <Days plan={plan} />
      <Versions plan={plan} />
    </>
  );
}

/** Where the plan leads from today on. */
function Ahead({ plan }: { plan: Plan }) {
  const wish = usePreferences();
  const now = today(wish.zone);
  if (plan.end < now) return null;
  return (
    <Section title={t("plan.ahead")} id="ahead">
      <div className="card p-2">
        <FitnessAhead query={{ from: shifted(now, -PAST), to: plan.end }} title={t("plan.ahead")} />
      </div>
    </Section>
  );
}

function Rules({ items }: { items: Violation[] | undefined }) {
  if (!items) return <div className="skeleton mt-3 h-6" />;
  const broken = items.filter(({ severity }) => severity !== "info");
  return (
    <div className="mt-3" data-testid="rules">
      {broken.length === 0 ? (
        <p className="flex items-center gap-2 text-sm">
          <Icon name="check" size={16} className="text-accent" />
          {t("plan.keeps")}
        </p>
      ) : (
        <Violations items={items} />
      )}
    </div>
  );
}

function Acts({ plan }: { plan: Plan }) {
  const mayPlan = useMayPlan();
  const go = useNavigate();
  const [decide, again, remove, restore] = [useDecide(), useReplan(), useRemovePlan(), useRestorePlan()];
  const [asking, setAsking] = useState<string | null>(null);
  if (!mayPlan) return null;
  const approve = (why: string): void => {
    decide.mutate(
      { plan: plan.plan, version: plan.version, decision: "approve", why },
      {
        onSuccess: () => {
          setAsking(null);
          say(t("plan.approved", { version: plan.version }));
        },
        onError: (error) => {
          if (plan.status === "infeasible") sayError(reason(error));
          else setAsking(reason(error));
        },
      },
    );
  };
  const open = plan.status !== "approved";
  return (
    <>
      {open && (
        <Button
          kind="primary"
          icon="check"
          busy={decide.isPending}
          onClick={() => {
            approve("");
          }}
        >
          {t("plan.approve")}
        </Button>
      )}
      {plan.status === "proposed" && (
        <Button
          onClick={() => {
            decide.mutate(
              { plan: plan.plan, version: plan.version, decision: "reject", why: "" },
              {
                onSuccess: () => {
                  say(t("plan.rejected", { version: plan.version }));
                },
              },
            );
          }}
        >
          {t("plan.reject")}
        </Button>
      )}
      <Menu button={(wiring) => <Button icon="more" aria-label={t("plan.more")} {...wiring} />}>
        <MenuItem
          icon="sync"
          onClick={() => {
            again.mutate(plan.plan, {
              onSuccess: ({ version }) => {
                say(t("plan.made", { version }));
                void go(routes.plan(plan.plan));
              },
              onError: (error) => {
                sayError(reason(error));
              },
            });
          }}
        >
          {t("plan.again")}
        </MenuItem>
        <MenuItem
          icon="trash"
          danger
          onClick={() => {
            remove.mutate(plan.plan, {
              onSuccess: () => {
                say(t("plan.removed"), () => {
                  restore.mutate(plan.plan);
                });
                void go(routes.coach);
              },
            });
          }}
        >
          {t("plan.remove")}
        </MenuItem>
      </Menu>
      {asking !== null && (
        <Anyway
          refusal={asking}
          onClose={() => {
            setAsking(null);
          }}
          onApprove={approve}
        />
      )}
    </>
  );
}

/** A version that breaks a rule is approved with a reason only. */
function Anyway({
  refusal,
  onClose,
  onApprove,
}: {
  refusal: string;
  onClose: () => void;
  onApprove: (why: string) => void;
}) {
  const [why, setWhy] = useState("");
  return (
    <Dialog title={t("plan.approve_anyway")} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          onApprove(why);
        }}
      >
        <p>{refusal}</p>
        <TextField
          label={t("plan.why_anyway")}
          required
          maxLength={400}
          value={why}
          onChange={(event) => {
            setWhy(event.target.value);
          }}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("app.cancel")}</Button>
          <Button type="submit" kind="primary" disabled={why.trim() === ""}>
            {t("plan.approve_anyway")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
