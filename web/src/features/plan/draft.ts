import { useState, type DragEvent } from "react";

import type { PlanOperation, PlanSession, PlanWeek } from "@/api/coach/plans";

/** What a dragged session is called on its way. */
const DRAGGED = "application/x-homestretch-session";

/** A change of a session that is not saved yet; it names the session, and what the server is asked to do. */
export interface DraftChange {
  id: string;
  operation: PlanOperation;
}

/** What takes a change; null for whoever may only look. */
export type Edit = ((change: DraftChange) => void) | null;

const EMPTY: Omit<PlanOperation, "op"> = {
  id: null,
  to: null,
  template: null,
  n: null,
  minutes: null,
  factor: null,
};

export const moving = (id: string, to: string): DraftChange => ({ id, operation: { ...EMPTY, op: "move", id, to } });
export const dropping = (id: string): DraftChange => ({ id, operation: { ...EMPTY, op: "drop", id } });
export const scaling = (id: string, factor: number): DraftChange => ({
  id,
  operation: { ...EMPTY, op: "scale", id, factor },
});
export const easing = (id: string): DraftChange => ({
  id,
  operation: { ...EMPTY, op: "replace", id, template: "easy" },
});

/** The changes with one more; a second move of a session takes the place of the first. */
export function withChange(changes: DraftChange[], change: DraftChange): DraftChange[] {
  const { op } = change.operation;
  if (op !== "move" && op !== "drop") return [...changes, change];
  return [
    ...changes.filter(({ id, operation }) => id !== change.id || (op === "move" && operation.op !== "move")),
    change,
  ];
}

export interface DraftDay {
  date: string;
  event: string | null;
  sessions: PlanSession[];
}

/** Sessions as they are after the changes: what is left out is gone, and what moved is on its new day. */
export function draftSessions<S extends PlanSession>(sessions: S[], changes: DraftChange[]): S[] {
  const gone = new Set(changes.filter(({ operation }) => operation.op === "drop").map(({ id }) => id));
  const moved = new Map(
    changes.flatMap(({ id, operation }) =>
      operation.op === "move" && operation.to ? [[id, operation.to] as const] : [],
    ),
  );
  return sessions
    .filter(({ id }) => !gone.has(id))
    .map((session) => ({ ...session, date: moved.get(session.id) ?? session.date }));
}

/** The days of weeks as they are after the changes. */
export function draftDays(weeks: PlanWeek[], changes: DraftChange[]): DraftDay[][] {
  const every = draftSessions(
    weeks.flatMap(({ days }) => days).flatMap(({ sessions }) => sessions),
    changes,
  );
  return weeks.map(({ days }) =>
    days.map(({ date, event }) => ({
      date,
      event: event?.name ?? null,
      sessions: every.filter((session) => session.date === date),
    })),
  );
}

/** Begin to drag a session. */
export function drag(event: DragEvent, session: string): void {
  event.dataTransfer.setData(DRAGGED, session);
  event.dataTransfer.effectAllowed = "move";
}

/** Days on which a session can be dropped, from `now` on: the one below the pointer, and what each day is given. */
export function useDropDays(now: string, edit: Edit) {
  const [over, setOver] = useState<string | null>(null);
  const drop = (date: string) => ({
    onDragOver: (event: DragEvent): void => {
      if (!edit || date < now || !event.dataTransfer.types.includes(DRAGGED)) return;
      event.preventDefault();
      setOver(date);
    },
    onDragLeave: (): void => {
      setOver(null);
    },
    onDrop: (event: DragEvent): void => {
      event.preventDefault();
      setOver(null);
      const id = event.dataTransfer.getData(DRAGGED);
      if (id !== "") edit?.(moving(id, date));
    },
  });
  return { over, drop };
}
