import { useState } from "react";

import type { Tagged } from "@/api/activities/activities";
import { usePreferences } from "@/api/session";
import { formatName } from "@/lib/activity/merging";
import { deviceName, humanise } from "@/lib/activity/sports";
import { classes } from "@/lib/classes";
import { known } from "@/lib/text";
import { t } from "@/pages/activity/text";
import { Dialog } from "@/ui/controls/Dialog";
import { Told } from "@/ui/values/Measured";
import { aside, deviceSays, nameOf, show, totalsOf, type Total } from "./totals";

/** The numbers of an activity; each says where it comes from when it is touched. */
export function Numbers({ activity }: { activity: Tagged }) {
  const wish = usePreferences();
  const [asked, setAsked] = useState<Total | null>(null);
  return (
    <div
      className={classes(
        "card mt-5 grid grid-cols-[repeat(auto-fill,minmax(6.5rem,1fr))] overflow-hidden p-1",
        "md:grid-cols-[repeat(auto-fill,minmax(8rem,1fr))]",
      )}
    >
      {totalsOf(activity).map((total) => (
        <button
          key={total.field}
          type="button"
          data-field={total.field}
          onClick={() => {
            setAsked(total);
          }}
          title={t("origin.about", { what: nameOf(total, activity.sport) })}
          className="flex min-w-0 flex-col rounded-lg px-2.5 py-2 text-left transition-colors hover:bg-sunken md:px-3"
        >
          <span className="label truncate">{nameOf(total, activity.sport)}</span>
          <span className="text-lg font-semibold md:text-xl">
            <Told {...show(total, activity[total.field], wish, activity.sport)} />
          </span>
          <span className="label truncate">{aside(total, activity, wish)}</span>
        </button>
      ))}
      {asked && (
        <Origin
          total={asked}
          activity={activity}
          onClose={() => {
            setAsked(null);
          }}
        />
      )}
    </div>
  );
}

/** Where a number (and the one that stands small below it) comes from, and what the device says of it. */
function Origin({ total, activity, onClose }: { total: Total; activity: Tagged; onClose: () => void }) {
  return (
    <Dialog title={nameOf(total, activity.sport)} onClose={onClose}>
      <Provenance total={total} activity={activity} />
      {total.second && activity[total.second.field] !== null && (
        <>
          <h3 className="mt-6 mb-3 font-semibold">{nameOf(total.second, activity.sport)}</h3>
          <Provenance total={total.second} activity={activity} />
        </>
      )}
    </Dialog>
  );
}

function Provenance({ total, activity }: { total: Total; activity: Tagged }) {
  const wish = usePreferences();
  const value = activity[total.field];
  const device = deviceSays(total, activity);
  return (
    <dl className="grid grid-cols-[9rem_1fr] items-baseline gap-x-6 gap-y-2">
      <dt className="text-ink-2">{t("origin.shown")}</dt>
      <dd className="text-xl font-semibold">
        <Told {...show(total, value, wish, activity.sport)} />
      </dd>
      <dt className="text-ink-2">{t("origin.title")}</dt>
      <dd className="break-words">{originOf(total, activity)}</dd>
      {device !== null && (
        <>
          <dt className="text-ink-2">{t("origin.device")}</dt>
          <dd>
            <span className="font-semibold">
              <Told {...show(total, device, wish, activity.sport)} />
            </span>
            {typeof activity.device.name === "string" && (
              <span className="label ml-2">{deviceName(activity.device.name)}</span>
            )}
          </dd>
        </>
      )}
    </dl>
  );
}

function originOf(total: Total, activity: Tagged): string {
  const why = activity.reasons[total.field];
  if (activity[total.field] === null)
    return why === undefined ? t("origin.missing") : (known("reason", why) ?? humanise(why));
  if (activity.edits.some((edit) => edit.field === total.field && !edit.undone)) return t("origin.edited");
  const recording = activity.recordings.find(({ id }) => id === activity.sources[total.field]);
  if (!recording) return t("origin.computed");
  const file = recording.path ?? formatName(recording.format);
  return deviceSays(total, activity) === activity[total.field]
    ? t("origin.recording", { file })
    : t("origin.computed_from", { file });
}
