import type { Tagged } from "@/api/activities/activities";
import { Edits } from "@/pages/activity/header/Edits";
import { Devices } from "@/pages/activity/parts/Parts";
import { Sources } from "@/pages/activity/recordings/Sources";

/** Where an activity comes from, and what was changed. */
export function DataPart({ activity }: { activity: Tagged }) {
  return (
    <>
      <Sources activity={activity} />
      <Devices devices={activity.devices} />
      <Edits activity={activity} />
    </>
  );
}
