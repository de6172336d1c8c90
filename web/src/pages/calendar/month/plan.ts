import { useMemo } from "react";

import { usePlanDays, type PlannedSession } from "@/api/coach/plans";
import { useSees } from "@/api/session";
import { draftSessions } from "@/features/plan/draft";
import { useDraft } from "@/features/plan/useDraft";

/** What is planned for a day: sessions that no activity of that day stands for, and events. */
export interface DayPlan {
  sessions: PlannedSession[];
  events: string[];
}

/** What the calendar knows of the plan in force. */
export interface CalendarPlan {
  plan: string | null;
  version: number;
  days: Record<string, DayPlan>;
  /** The session that an activity did, by the activity. */
  done: Record<string, PlannedSession>;
  changed: ReadonlySet<string>;
}

/** The plan in force over the days of a calendar, as it is after `changes` that are not saved yet. */
export function useCalendarPlan(from: string, to: string) {
  // A viewer sees the plan where that was chosen.
  const { data } = usePlanDays(from, to, useSees("plan"));
  const [version, whole] = [data?.version ?? 0, data?.plan ?? null];
  const [changes, setChanges] = useDraft(whole, version);
  const plan = useMemo((): CalendarPlan => {
    const days: Record<string, DayPlan> = {};
    const at = (date: string): DayPlan => (days[date] ??= { sessions: [], events: [] });
    const done: Record<string, PlannedSession> = {};
    for (const { date, name } of data?.events ?? []) at(date).events.push(name);
    for (const session of draftSessions(data?.sessions ?? [], changes)) {
      if (session.activity === null) at(session.date).sessions.push(session);
      else done[session.activity] = session;
    }
    return { plan: whole, version, days, done, changed: new Set(changes.map(({ id }) => id)) };
  }, [data, whole, version, changes]);
  return { plan, changes, setChanges };
}
