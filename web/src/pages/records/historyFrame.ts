import type { RecordHistory } from "@/api/training/history";
import type { FrameBody } from "@/lib/charts/frames";

/** Units of values as charts know them: a time over a distance is one time, not a sum of hours. */
const unitOf = (unit: string): string => (unit === "s" ? "time" : unit);

/** The history of a record as a chart: a step at each better effort up to today, and the best of each month. */
export function historyFrame(history: RecordHistory, now: string, perKg: boolean): FrameBody {
  const of = (one: { value: number; per_kg: number | null }): number | null => (perKg ? one.per_kg : one.value);
  const days = [...new Set([...history.steps, ...history.months].map(({ day }) => day).concat(now))].sort();
  const steps = new Map(history.steps.map((one) => [one.day, one]));
  const months = new Map(history.months.map((one) => [one.day, one]));
  let best: number | null = null;
  const record = days.map((day) => {
    const step = steps.get(day);
    if (step) best = of(step);
    return best;
  });
  const unit = perKg ? "W/kg" : unitOf(history.unit);
  const common = { unit, axis: "left", decimals: perKg ? 2 : 0, stack: null } as const;
  return {
    key: "record",
    title: "",
    x: { scale: "date", unit: "", label: "", values: days },
    lines: [
      { ...common, key: "record", label: "record", values: record, style: "step", colour: null, links: null },
      {
        ...common,
        key: "best_of_month",
        label: "best_of_month",
        values: days.map((day) => {
          const month = months.get(day);
          return month ? of(month) : null;
        }),
        style: "points",
        colour: null,
        links: days.map((day) => months.get(day)?.activity ?? null),
      },
    ],
    bands: [],
    notes: [],
    details: {},
  };
}
