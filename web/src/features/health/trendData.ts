import { useMemo } from "react";

import { useHealthNotes } from "@/api/health";
import { usePreferences } from "@/api/session";
import type { HealthKind, HealthTrend } from "@/api/types";
import type { TrendData } from "@/charts/health/trend/trend";
import { daysAfter, erasOf, laidOut, weekMean } from "@/lib/health/days";
import { healthScale } from "@/lib/health/values";
import { noteDays } from "./notes";
import { useOriginName } from "./origins";
import { t } from "./text";

/** A measure over days as a chart draws it, with the notes of the athlete. */
export function useTrendData(kind: HealthKind, trend: HealthTrend, from: string, to: string): TrendData {
  const wish = usePreferences();
  const originName = useOriginName();
  const notes = useHealthNotes(from, to).data;
  return useMemo(() => {
    const count = daysAfter(from, to) + 1;
    const values = laidOut(trend.days, from, count, ({ value }) => value);
    const origins = new Array<string>(count).fill("");
    for (const { day, source, device } of trend.days) origins[daysAfter(from, day)] = originName(source, device);
    return {
      from,
      to,
      scale: healthScale(kind, wish),
      values,
      // Words have no mean.
      line: kind.choices.length > 0 ? values.map(() => null) : weekMean(values),
      lineName: t("health.week_mean"),
      low: laidOut(trend.baseline, from, count, ({ low }) => low),
      high: laidOut(trend.baseline, from, count, ({ high }) => high),
      origins,
      eras: erasOf(trend.days, to).map((era) => ({ ...era, name: originName(era.source, era.device) })),
      notes: noteDays(notes ?? []),
    };
  }, [kind, trend, from, to, wish, originName, notes]);
}
