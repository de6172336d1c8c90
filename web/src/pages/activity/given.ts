import type { Tagged } from "@/api/activities";
import { usePreferences } from "@/api/session";
import type { RecordingInfo } from "@/api/types";
import { channelLook } from "@/lib/channels";
import { EVERYTHING } from "@/lib/merging";
import { deviceName, humanise } from "@/lib/sports";
import { known, t } from "@/lib/text";
import { useSourceName } from "@/ui/Brought";

/** What a field or channel of an activity is called (`*`: everything). */
export function useGiven(activity: Tagged): (name: string) => string {
  const wish = usePreferences();
  const units = new Map(activity.channels.map(({ key, unit }) => [key, unit]));
  return (name) => {
    if (name === EVERYTHING) return t("sources.everything");
    const field = known("field", name);
    const isChannel = units.has(name) || activity.recordings.some(({ channels }) => channels.includes(name));
    if (isChannel && name !== "distance_m") return name === "latitude" || name === "longitude" ? humanise(name) : channelLook(name, units.get(name) ?? "", wish, activity.sport).label;
    return field ?? humanise(name);
  };
}

/** What a recording is called among others: its device, else its file's name, else its source. */
export function useTitleOf(): (recording: RecordingInfo) => string {
  const sourceOf = useSourceName();
  return ({ device, path, source }) => (device ? deviceName(device) : (path?.split("/").at(-1) ?? sourceOf(source)));
}
