import type { Tagged } from "@/api/activities/activities";
import type { Analysis } from "@/api/types";
import { InWords } from "@/features/words/InWords";
import { ActivityCurve } from "@/pages/activity/numbers/ActivityCurve";
import { Metrics } from "@/pages/activity/numbers/Metrics";
import { OwnCharts } from "@/pages/activity/numbers/OwnCharts";
import { ZoneBars } from "@/pages/activity/numbers/ZoneBars";
import { Similar } from "@/pages/activity/similar/Similar";
import { Near } from "./Near";

/** How hard it was: zones, histograms, heart rate against effort, curves, metrics, similar ones, and words. */
export function AnalysisPart({ activity, analysis, at }: { activity: Tagged; analysis: Analysis; at: boolean }) {
  return (
    <>
      <ZoneBars zones={analysis.zones} sport={activity.sport} />
      <Near at={at} height={400}>
        <OwnCharts activity={activity} />
        <ActivityCurve activity={activity} />
      </Near>
      <Metrics analysis={analysis} sport={activity.sport} />
      <Near at={at} height={300}>
        <Similar activity={activity} />
      </Near>
      <InWords asked={{ kind: "workout", activity: activity.id }} subject={activity.id} />
    </>
  );
}
