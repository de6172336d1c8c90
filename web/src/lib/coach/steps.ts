/** The steps of a workout while it is built: a list in which each item has a key of its own, and repeats hold steps. */

export type StepKind = "warmup" | "work" | "rest" | "recovery" | "cooldown" | "free";
export type EndUnit = "s" | "m" | "kj" | "lap" | "hr_below";
export type Quantity = "power" | "speed" | "css" | "hr_max" | "lthr";

export interface Target {
  kind: "pct" | "abs" | "rpe";
  low: number;
  high: number;
  of?: Quantity | null;
  ramp?: boolean;
}

export interface Step {
  key: number;
  kind: StepKind;
  unit: EndUnit;
  /** Seconds, metres, …; null at the lap button. */
  value: number | null;
  target: Target | null;
  cadence: [number, number] | null;
  cue: string;
  sport?: string;
}

export interface Group {
  key: number;
  repeat: number;
  steps: Step[];
}

export type Item = Step | Group;

/** A step or a repeat as the server has it. */
export interface StepDocument {
  kind?: StepKind | null;
  end?: { unit: EndUnit; value?: number | null } | null;
  target?: Target | null;
  cadence?: number[] | null;
  cue?: string | null;
  sport?: string | null;
  repeat?: number | null;
  steps?: StepDocument[] | null;
}

export const isGroup = (item: Item): item is Group => "repeat" in item;

let keys = 0;
const nextKey = (): number => ++keys;

/** What per cent are of, by sport. */
export const quantityOf = (sport: string): Quantity =>
  sport === "ride" || sport === "brick" ? "power" : sport === "swim" ? "css" : "speed";

/** A step to start from: five minutes, easy enough for any athlete. */
export function newStep(sport: string, kind: StepKind = "work"): Step {
  const target: Target =
    sport === "strength"
      ? { kind: "rpe", low: 5, high: 5 }
      : { kind: "pct", low: kind === "work" ? 85 : 50, high: kind === "work" ? 90 : 60, of: quantityOf(sport) };
  return { key: nextKey(), kind, unit: "s", value: 300, target, cadence: null, cue: "" };
}

export function newGroup(sport: string): Group {
  const rest = { ...newStep(sport, "rest"), value: 120 };
  return { key: nextKey(), repeat: 3, steps: [newStep(sport), rest] };
}

/** The items of a workout as the server has it; repeats within repeats are written out. */
export function readSteps(documents: StepDocument[]): Item[] {
  return documents.map((document): Item => {
    if (document.repeat === undefined || document.repeat === null) return readStep(document);
    return { key: nextKey(), repeat: document.repeat, steps: (document.steps ?? []).flatMap(writtenOut) };
  });
}

function writtenOut(document: StepDocument): Step[] {
  if (document.repeat === undefined || document.repeat === null) return [readStep(document)];
  const { repeat, steps } = document;
  return Array.from({ length: repeat }, () => (steps ?? []).flatMap(writtenOut)).flat();
}

function readStep({ kind, end, target, cadence, cue, sport }: StepDocument): Step {
  const [slow, fast] = cadence ?? [];
  return {
    key: nextKey(),
    kind: kind ?? "work",
    unit: end?.unit ?? "lap",
    value: end?.value ?? null,
    target: target ?? null,
    cadence: slow === undefined || fast === undefined ? null : [slow, fast],
    cue: cue ?? "",
    ...(sport && { sport }),
  };
}

/** The items as the server takes them. */
export function documents(items: Item[]): StepDocument[] {
  return items.map((item) =>
    isGroup(item) ? { repeat: item.repeat, steps: item.steps.map(stepDocument) } : stepDocument(item),
  );
}

function stepDocument({ kind, unit, value, target, cadence, cue, sport }: Step): StepDocument {
  return {
    kind,
    end: { unit, value: unit === "lap" ? null : value },
    ...(target && { target }),
    ...(cadence && { cadence }),
    ...(cue.trim() !== "" && { cue: cue.trim() }),
    ...(sport && { sport }),
  };
}

/** Every step in the order of the list, repeats once: as the server numbers their targets. */
export const inOrder = (items: Item[]): Step[] => items.flatMap((item) => (isGroup(item) ? item.steps : [item]));

/** The list with one item changed, wherever it is. */
export function changed<T extends Item>(items: Item[], key: number, change: (item: T) => T): Item[] {
  return items.map((item): Item => {
    if (item.key === key) return change(item as T);
    if (!isGroup(item)) return item;
    return { ...item, steps: item.steps.map((step) => (step.key === key ? (change(step as T) as Step) : step)) };
  });
}

/** The list without an item; a repeat that has lost its last step goes with it. */
export function without(items: Item[], key: number): Item[] {
  return items
    .filter((item) => item.key !== key)
    .map((item): Item => (isGroup(item) ? { ...item, steps: item.steps.filter((step) => step.key !== key) } : item))
    .filter((item) => !isGroup(item) || item.steps.length > 0);
}

/** The list with a copy of an item behind it. */
export function doubled(items: Item[], key: number): Item[] {
  const copyStep = (step: Step): Step => ({ ...step, key: nextKey() });
  const copy = (item: Item): Item =>
    isGroup(item) ? { ...item, key: nextKey(), steps: item.steps.map(copyStep) } : copyStep(item);
  return items.flatMap((item): Item[] => {
    if (item.key === key) return [item, copy(item)];
    if (!isGroup(item)) return [item];
    return [{ ...item, steps: item.steps.flatMap((step) => (step.key === key ? [step, copyStep(step)] : [step])) }];
  });
}

/** The list with an item one place further up (-1) or down (1), among those it stands with; steps enter no repeat. */
export function moved(items: Item[], key: number, by: -1 | 1): Item[] {
  if (items.some((item) => item.key === key)) return swapped(items, key, by);
  return items.map((item): Item => (isGroup(item) ? { ...item, steps: swapped(item.steps, key, by) } : item));
}

function swapped<T extends Item>(items: T[], key: number, by: -1 | 1): T[] {
  const at = items.findIndex((item) => item.key === key);
  const other = at + by;
  const one = items[at];
  const two = items[other];
  if (one === undefined || two === undefined) return items;
  return items.map((item, index) => (index === at ? two : index === other ? one : item));
}

/** The list with an item put before or behind another: a step also into a repeat or out of it, a repeat into none. */
export function placed(items: Item[], key: number, target: number, behind: boolean): Item[] {
  if (key === target) return items;
  const item = [...items, ...inOrder(items)].find((one) => one.key === key);
  const inside = items.some((one) => isGroup(one) && one.steps.some((step) => step.key === target));
  if (item === undefined || (isGroup(item) && inside)) return items;
  if (isGroup(item) && item.steps.some((step) => step.key === target)) return items;
  const put = <T extends Item>(list: T[], one: T): T[] =>
    list.flatMap((each) => (each.key !== target ? [each] : behind ? [each, one] : [one, each]));
  const rest = items.map((one): Item =>
    isGroup(one) ? { ...one, steps: one.steps.filter((s) => s.key !== key) } : one,
  );
  const left = rest.filter((one) => one.key !== key && (!isGroup(one) || one.steps.length > 0 || one.key === target));
  const made = inside
    ? left.map((one): Item => (isGroup(one) ? { ...one, steps: put(one.steps, item as Step) } : one))
    : put(left, item);
  return made.filter((one) => !isGroup(one) || one.steps.length > 0);
}

/** Whether a workout can be sent: it has steps, each with a length, and targets that are numbers. */
export function isWhole(items: Item[]): boolean {
  const sound = ({ unit, value, target, cadence }: Step): boolean =>
    (unit === "lap" || (value !== null && value > 0)) &&
    (target === null || (Number.isFinite(target.low) && Number.isFinite(target.high))) &&
    (cadence === null || (cadence[0] > 0 && cadence[0] <= cadence[1]));
  return items.length > 0 && inOrder(items).every(sound) && items.every((i) => !isGroup(i) || i.repeat >= 1);
}

/** Read a length as it is typed: `8:00`, `8`, `8 min`, `90 s`, `1:05:00`; minutes where nothing says otherwise. */
export function readTime(text: string): number | null {
  const trimmed = text.trim().toLowerCase().replace(",", ".");
  const clock = /^(?:(\d+):)?(\d{1,3}):(\d{2})$/.exec(trimmed);
  if (clock) return Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
  const worded = /^(\d+(?:\.\d+)?)\s*(s|sec|m|min|h|'|")?$/.exec(trimmed);
  if (!worded) return null;
  const factor = { s: 1, sec: 1, '"': 1, h: 3600 }[worded[2] ?? "min"] ?? 60;
  return Math.round(Number(worded[1]) * factor);
}
