import { useState } from "react";
import { useNavigate } from "react-router";

import { useMonth, type CalendarMonth } from "@/api/activities/calendar";
import { useMayEdit, useMayPlan, usePreferences } from "@/api/session";
import type { PlanSession } from "@/api/coach/plans";
import type { ActivityItem } from "@/api/types";
import { withChange, type DraftChange, type Edit } from "@/features/plan/draft";
import { DraftPanel } from "@/features/plan/DraftPanel";
import { SessionDialog } from "@/features/plan/SessionDialog";
import { month as monthWords } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { decimal, span, told } from "@/lib/units";
import { ButtonLink } from "@/ui/controls/Button";
import { useNarrow } from "@/ui/hooks/media";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { DayDialog } from "./DayDialog";
import { DayList } from "./DayList";
import { stepped, weeksOf } from "@/pages/calendar/days";
import { Grid, type Days } from "./Grid";
import { useCalendarPlan, type CalendarPlan } from "./plan";
import { Strip } from "@/pages/calendar/Strip";
import { many, t } from "@/pages/calendar/text";

/** A month day by day, with what the sources have given of it. */
export function MonthView({ month }: { month: string }) {
  const wish = usePreferences();
  // The months beside it: their days stand at its edges, and the next step is there at once.
  const before = useMonth(stepped(month, -1)).data;
  const after = useMonth(stepped(month, 1)).data;
  const { data, error, refetch } = useMonth(month);
  const weeks = weeksOf(month, wish.week_start);
  const { plan, changes, setChanges } = useCalendarPlan(weeks[0]?.[0] ?? "", weeks.at(-1)?.at(-1) ?? "");
  const mayPlan = useMayPlan();
  const edit = (change: DraftChange): void => {
    setChanges((before) => withChange(before, change));
  };
  const narrow = useNarrow();
  if (error && !data)
    return (
      <div className="card">
        <Failure error={error} retry={() => void refetch()} />
      </div>
    );
  if (!data)
    return (
      <Waiting>
        <div className="skeleton h-[36rem]" />
      </Waiting>
    );
  return (
    <>
      {!narrow && data.columns.length > 0 && <Strip month={data} />}
      <Whole
        key={data.month}
        month={data}
        weeks={weeks}
        days={{ ...before?.days, ...after?.days, ...data.days }}
        plan={plan}
        edit={mayPlan ? edit : null}
        narrow={narrow}
      />
      {plan.plan !== null && changes.length > 0 && (
        <DraftPanel plan={plan.plan} version={plan.version} changes={changes} setChanges={setChanges} />
      )}
      {narrow && data.columns.length > 0 && <Strip month={data} />}
    </>
  );
}

function Whole({
  month,
  weeks,
  days,
  plan,
  edit,
  narrow,
}: {
  month: CalendarMonth;
  weeks: string[][];
  days: Days;
  plan: CalendarPlan;
  edit: Edit;
  narrow: boolean;
}) {
  const go = useNavigate();
  const [shown, setShown] = useState<string | null>(null);
  const [session, setSession] = useState<PlanSession | null>(null);
  const open = (day: string): void => {
    const items = days[day] ?? [];
    if (narrow) document.getElementById(`day-${day}`)?.scrollIntoView({ block: "center" });
    else if (items.length > 1 || (plan.days[day]?.sessions.length ?? 0) > 0) setShown(day);
    else if (items[0]) void go(routes.activity(items[0].id));
  };
  return (
    <>
      <Sums month={month} />
      <Grid
        month={month.month}
        weeks={weeks}
        days={days}
        plan={plan}
        edit={edit}
        compact={narrow}
        onOpen={open}
        onMore={setShown}
        onSession={setSession}
      />
      {month.count === 0 && Object.keys(month.days).length === 0 && plan.plan === null && <Nothing month={month} />}
      {narrow && (
        <DayList month={month.month} weeks={weeks} days={days} plan={plan} edit={edit} onSession={setSession} />
      )}
      {shown !== null && (
        <DayDialog
          day={shown}
          items={days[shown] ?? NO_ITEMS}
          plan={plan}
          edit={edit}
          onSession={setSession}
          onClose={() => {
            setShown(null);
          }}
        />
      )}
      {session && (
        <SessionDialog
          session={session}
          onClose={() => {
            setSession(null);
          }}
        />
      )}
    </>
  );
}

const NO_ITEMS: ActivityItem[] = [];

/** What the month comes to, in one line. */
function Sums({ month }: { month: CalendarMonth }) {
  const wish = usePreferences();
  if (month.count === 0) return null;
  const parts = [
    many("activities.count", month.count, decimal(month.count)),
    span(month.moving_s),
    told("distance", month.distance_m, wish, undefined, 0),
  ];
  return (
    <p
      className="mb-2 text-sm text-ink-2"
      aria-label={t("calendar.sums", { month: monthWords(month.month) })}
      role="group"
    >
      {parts.join(" · ")}
    </p>
  );
}

function Nothing({ month }: { month: CalendarMonth }) {
  const mayEdit = useMayEdit();
  const sources = month.columns.length > 0;
  return (
    <div className="card mt-3">
      <Empty
        icon="calendar"
        title={t("calendar.none", { month: monthWords(month.month) })}
        hint={t(sources ? "calendar.none_hint" : "calendar.none_here")}
      >
        {mayEdit && !sources && (
          <ButtonLink icon="import" to={routes.import}>
            {t("activities.import")}
          </ButtonLink>
        )}
      </Empty>
    </div>
  );
}
