import { describe, expect, it } from "vitest";

import {
  documents,
  doubled,
  inOrder,
  isGroup,
  isWhole,
  moved,
  newGroup,
  newStep,
  placed,
  readSteps,
  readTime,
  without,
  type Item,
  type StepDocument,
} from "./steps";

const DOCUMENTS: StepDocument[] = [
  {
    kind: "warmup",
    end: { unit: "s", value: 600 },
    target: { kind: "pct", low: 50, high: 70, of: "power", ramp: true },
  },
  {
    repeat: 3,
    steps: [
      {
        kind: "work",
        end: { unit: "s", value: 480 },
        target: { kind: "pct", low: 95, high: 100, of: "power" },
        cadence: [85, 95],
        cue: "steady",
      },
      { kind: "rest", end: { unit: "lap", value: null } },
    ],
  },
  { kind: "cooldown", end: { unit: "m", value: 400 }, sport: "swim" },
];

const kinds = (items: Item[]): unknown[] =>
  items.map((item) => (isGroup(item) ? item.steps.map(({ kind }) => kind) : item.kind));

describe("steps of a workout", () => {
  it("go to the server as they came", () => {
    expect(documents(readSteps(DOCUMENTS))).toEqual(DOCUMENTS);
    const nested = readSteps([{ repeat: 2, steps: [{ repeat: 2, steps: [DOCUMENTS[0] as StepDocument] }] }]);
    expect(kinds(nested)).toEqual([["warmup", "warmup"]]);
  });

  it("move, double and go, and never lose another", () => {
    const items = readSteps(DOCUMENTS);
    const [first, group, last] = items as [Item, Item, Item];
    expect(kinds(moved(items, first.key, 1))).toEqual([["work", "rest"], "warmup", "cooldown"]);
    expect(kinds(moved(items, last.key, 1))).toEqual(kinds(items));
    const rest = inOrder(items)[2];
    expect(kinds(moved(items, rest?.key ?? 0, -1))).toEqual(["warmup", ["rest", "work"], "cooldown"]);
    expect(kinds(doubled(items, group.key))).toEqual(["warmup", ["work", "rest"], ["work", "rest"], "cooldown"]);
    expect(new Set(inOrder(doubled(items, group.key)).map(({ key }) => key)).size).toBe(6);
    expect(kinds(without(without(items, rest?.key ?? 0), inOrder(items)[1]?.key ?? 0))).toEqual(["warmup", "cooldown"]);
  });

  it("are dragged into repeats and out of them", () => {
    const items = readSteps(DOCUMENTS);
    const [first, group, last] = items as [Item, Item, Item];
    const [, work, rest] = inOrder(items);
    expect(kinds(placed(items, first.key, work?.key ?? 0, true))).toEqual([["work", "warmup", "rest"], "cooldown"]);
    expect(kinds(placed(items, rest?.key ?? 0, last.key, false))).toEqual(["warmup", ["work"], "rest", "cooldown"]);
    expect(kinds(placed(items, group.key, last.key, true))).toEqual(["warmup", "cooldown", ["work", "rest"]]);
    expect(placed(items, group.key, work?.key ?? 0, true)).toBe(items);
    const out = placed(placed(items, rest?.key ?? 0, last.key, false), work?.key ?? 0, first.key, false);
    expect(kinds(out)).toEqual(["work", "warmup", "rest", "cooldown"]);
  });

  it("can be sent once all have a length", () => {
    expect(isWhole([])).toBe(false);
    expect(isWhole([newStep("ride"), newGroup("run")])).toBe(true);
    expect(isWhole([{ ...newStep("ride"), value: null }])).toBe(false);
    expect(isWhole([{ ...newStep("ride"), target: { kind: "pct", low: NaN, high: 5 } }])).toBe(false);
  });

  it("have lengths as people type them", () => {
    const typed = ["8", "8:30", "1:05:00", "90 s", "1,5 min", "2h", "x", "", "8:3"];
    expect(typed.map(readTime)).toEqual([480, 510, 3900, 90, 90, 7200, null, null, null]);
  });
});
