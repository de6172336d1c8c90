import type { ChartDefinition, ChartValue } from "@/api/training/charts";
import { sportOfFamily } from "@/lib/activity/sports";
import type { FrameBody } from "@/lib/charts/frames";
import type { Preferences } from "@/lib/preferences";
import { scaleOfUnit } from "@/lib/units";
import { t } from "./text";

export const USUAL: ChartDefinition = { y: "distance_m", x: null, by: "week", sport: null, days: 365 };
export const STEPS: readonly ChartDefinition["by"][] = ["activity", "day", "week", "month", "year"];

/** What a chart is called where nobody has named it: `Distance by week`. */
export function usualName({ y, x, by }: ChartDefinition, values: readonly ChartValue[]): string {
  const name = (key: string): string => values.find((one) => one.key === key)?.name ?? key;
  return x === null ? `${name(y)} · ${stepName(by)}` : `${name(y)} · ${name(x)}`;
}

const STEP_NAMES = {
  activity: "charts.activity",
  day: "charts.day",
  week: "charts.week",
  month: "charts.month",
  year: "charts.year",
} as const;

export const stepName = (by: ChartDefinition["by"]): string => t(STEP_NAMES[by]);

/** A chart over another metric with that metric in the athlete's units, which a linear axis does not turn itself. */
export function inUnits(frame: FrameBody, sport: string | null, wish: Preferences): FrameBody {
  if (frame.x.scale !== "linear") return frame;
  const scale = scaleOfUnit(frame.x.unit, 2, wish, "generic");
  const plain = scaleOfUnit(frame.x.unit, 0, wish, sport === null ? "generic" : sportOfFamily(sport));
  const chosen = plain.pace ? scale : plain;
  return {
    ...frame,
    x: { ...frame.x, unit: chosen.unit, values: frame.x.values.map((one) => chosen.of(Number(one))) },
  };
}
