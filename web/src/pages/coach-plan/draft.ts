import type { PlanOperation, PlanSession, PlanWeek } from "@/api/coach/plans";

/** What a dragged session is called on its way. */
export const DRAGGED = "application/x-homestretch-session";

/** A change of a session that is not saved yet; it names the session, and what the server is asked to do. */
export interface DraftChange {
  id: string;
  operation: PlanOperation;
}

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

/** The days of a week as they are after the changes; what is left out is gone, and what moved is on its new day. */
export function draftDays(weeks: PlanWeek[], changes: DraftChange[]): DraftDay[][] {
  const gone = new Set(changes.filter(({ operation }) => operation.op === "drop").map(({ id }) => id));
  const moved = new Map(
    changes.flatMap(({ id, operation }) =>
      operation.op === "move" && operation.to ? [[id, operation.to] as const] : [],
    ),
  );
  const every = weeks
    .flatMap(({ days }) => days)
    .flatMap(({ sessions }) => sessions)
    .filter(({ id }) => !gone.has(id))
    .map((session) => ({ ...session, date: moved.get(session.id) ?? session.date }));
  return weeks.map(({ days }) =>
    days.map(({ date, event }) => ({
      date,
      event: event?.name ?? null,
      sessions: every.filter((session) => session.date === date),
    })),
  );
}
