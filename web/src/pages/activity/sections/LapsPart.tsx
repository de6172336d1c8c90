import type { Tagged } from "@/api/activities/activities";
import type { Analysis } from "@/api/types";
import type { Stretch } from "@/charts/channels/frame";
import { SegmentTimes } from "@/pages/activity/parts/Courses";
import { Laps, Lengths, Sets } from "@/pages/activity/parts/Parts";
import { Climbs, Intervals, Splits } from "@/pages/activity/parts/Stages";

/** What an activity is made of: laps, intervals, splits, climbs, segments, lengths of a pool, sets. */
export function LapsPart({
  activity,
  analysis,
  onSelect,
}: {
  activity: Tagged;
  analysis: Analysis | undefined;
  onSelect: (stretch: Stretch) => void;
}) {
  const stages = { activity, onSelect };
  return (
    <>
      <Sets sets={activity.sets} />
      <Laps activity={activity} onSelect={onSelect} />
      {analysis && (
        <>
          <Intervals stages={analysis.intervals} {...stages} />
          <Splits stages={analysis.splits} {...stages} />
          <Climbs stages={analysis.climbs} {...stages} />
          <SegmentTimes times={analysis.segments} onSelect={onSelect} />
        </>
      )}
      <Lengths lengths={activity.lengths} />
    </>
  );
}
