import { describe, expect, it } from "vitest";

import type { PlanSession, PlanWeek } from "@/api/coach/plans";
import { draftDays, dropping, moving, scaling, withChange } from "./draft";

const session = (id: string, date: string): PlanSession => ({ id, date }) as PlanSession;
const WEEK = {
  days: [
    { date: "2026-12-07", sessions: [session("a", "2026-12-07")] },
    { date: "2026-12-08", sessions: [session("b", "2026-12-08")] },
  ],
} as PlanWeek;

describe("a draft of changes", () => {
  it("keeps the last move of a session, and all that scales it", () => {
    let changes = withChange([], moving("a", "2026-12-08"));
    changes = withChange(changes, scaling("a", 0.8));
    changes = withChange(changes, scaling("a", 0.8));
    changes = withChange(changes, moving("a", "2026-12-07"));
    expect(changes.map(({ operation }) => operation.op)).toEqual(["scale", "scale", "move"]);
    expect(withChange(changes, dropping("a")).map(({ operation }) => operation.op)).toEqual(["drop"]);
  });

  it("shows days as they will be", () => {
    const [days] = draftDays([WEEK], [moving("a", "2026-12-08"), dropping("b")]);
    expect(days?.map(({ sessions }) => sessions.map(({ id }) => id))).toEqual([[], ["a"]]);
  });
});
