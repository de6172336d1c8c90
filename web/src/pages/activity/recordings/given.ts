import type { Tagged } from "@/api/activities/activities";
import { usePreferences } from "@/api/session";
import type { RecordingInfo } from "@/api/types";
import { useSourceName } from "@/features/Provenance";
import { channelLook } from "@/lib/activity/channels";
import { EVERYTHING } from "@/lib/activity/edits";
import { deviceName, humanise } from "@/lib/activity/sports";
import { known } from "@/lib/text";
import { t } from "@/pages/activity/text";

/** What a channel of an activity is called. */
export function useChannelName(activity: Tagged): (key: string) => string {
  const wish = usePreferences();
  const units = new Map(activity.channels.map(({ key, unit }) => [key, unit]));
  return (key) =>
    key === "latitude" || key === "longitude"
      ? humanise(key)
      : channelLook(key, units.get(key) ?? "", wish, activity.sport).label;
}

/** What a field or channel of an activity is called (`*`: everything); what is both is told as a field. */
export function useGiven(activity: Tagged): (name: string) => string {
  const channelOf = useChannelName(activity);
  const channels = new Set(activity.recordings.flatMap((one) => one.channels));
  return (name) => {
    if (name === EVERYTHING) return t("sources.everything");
    return known("field", name) ?? (channels.has(name) ? channelOf(name) : humanise(name));
  };
}

/** What a recording is called among others: its device, else its file's name, else its source. */
export function useTitleOf(): (recording: RecordingInfo) => string {
  const sourceOf = useSourceName();
  return ({ device, path, source }) => (device ? deviceName(device) : (path?.split("/").at(-1) ?? sourceOf(source)));
}
