import { Link } from "react-router";

import type { PlannedSession, PlanSession } from "@/api/coach/plans";
import { usePreferences } from "@/api/session";
import type { ActivityItem } from "@/api/types";
import type { Edit } from "@/features/plan/draft";
import { EventFlag } from "@/features/plan/EventFlag";
import { SessionChip } from "@/features/plan/SessionChip";
import { sportName } from "@/lib/activity/sports";
import { clock, day as dayWords, today } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { Dialog } from "@/ui/controls/Dialog";
import { SportIcon } from "@/ui/pictures/Sport";
import { briefly, PlannedMark } from "./Chip";
import type { CalendarPlan } from "./plan";

/** Every activity of a day, and what is planned for it. */
export function DayDialog({
  day,
  items,
  plan,
  edit,
  onSession,
  onClose,
}: {
  day: string;
  items: ActivityItem[];
  onClose: () => void;
} & PlanActs) {
  const wish = usePreferences();
  return (
    <Dialog title={dayWords(day, wish)} onClose={onClose}>
      <ul className="-m-2 flex flex-col">
        {items.map((item) => (
          <li key={item.id}>
            <ActivityLine item={item} session={plan.done[item.id]} />
          </li>
        ))}
        <SessionLines day={day} plan={plan} edit={edit} onSession={onSession} />
      </ul>
    </Dialog>
  );
}

interface PlanActs {
  plan: CalendarPlan;
  edit: Edit;
  onSession: (session: PlanSession) => void;
}

/** The events and the sessions that are planned for a day. */
export function SessionLines({ day, plan, edit, onSession }: { day: string } & PlanActs) {
  const now = today(usePreferences().zone);
  const planned = plan.days[day];
  return (
    <>
      {planned?.events.map((name) => (
        <li key={name} className="px-2 py-1">
          <EventFlag name={name} />
        </li>
      ))}
      {planned?.sessions.map((session) => (
        <li key={session.id} className="px-2 py-1">
          <SessionChip
            session={session}
            planned
            changed={plan.changed.has(session.id)}
            edit={session.locked || session.date < now ? null : edit}
            now={now}
            onShow={onSession}
          />
        </li>
      ))}
    </>
  );
}

/** An activity as one line that leads to it. */
export function ActivityLine({ item, session }: { item: ActivityItem; session: PlannedSession | undefined }) {
  const wish = usePreferences();
  return (
    <Link
      to={routes.activity(item.id)}
      className="touch flex items-center gap-3 rounded-lg px-2 py-2 hover:bg-sunken focus-visible:bg-sunken"
    >
      <SportIcon sport={item.sport} />
      <span className="sr-only">{sportName(item.sport)}</span>
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-1.5">
          <span className="truncate font-medium">{item.name ?? sportName(item.sport)}</span>
          {session && <PlannedMark session={session} />}
        </span>
        <span className="label block">{clock(item.start_local, wish)}</span>
      </span>
      <span className="text-right text-sm whitespace-nowrap text-ink-2">{briefly(item, wish)}</span>
    </Link>
  );
}
