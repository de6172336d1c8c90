import type { Tagged } from "@/api/activities/activities";
import { address } from "@/api/client";
import { useMayEdit } from "@/api/session";
import type { RecordingInfo } from "@/api/types";
import { Provenance } from "@/features/Provenance";
import { Why } from "@/features/Why";
import { formatName } from "@/lib/activity/merging";
import { classes } from "@/lib/classes";
import { t } from "@/pages/activity/text";
import { Icon } from "@/ui/pictures/Icon";
import { Choices } from "./Choices";
import { useChannelName, useGiven, useTitleOf } from "./given";

/** One recording of an activity: what it is, who brought it, why it belongs here, and what it gives. */
export function RecordingCard({ recording, activity }: { recording: RecordingInfo; activity: Tagged }) {
  const mayEdit = useMayEdit();
  const several = activity.recordings.length > 1;
  return (
    <>
      <div className="flex-1 p-4">
        <Head recording={recording} activity={activity} />
        {recording.provenance.length > 0 && (
          <div className="mt-3">
            <Provenance sources={recording.provenance} />
          </div>
        )}
        {several && !recording.primary && recording.why && (
          <section className="mt-3">
            <h3 className="label mb-0.5">{t("why.title")}</h3>
            <Why reason={recording.why} />
          </section>
        )}
        {recording.notes.map(({ code, text }) => (
          <p key={code} className="mt-2 flex gap-2 text-sm text-ink-2">
            <Icon name="info" size={18} className="text-warn" />
            {text}
          </p>
        ))}
        <Facts recording={recording} activity={activity} />
      </div>
      {several && mayEdit && <Choices recording={recording} activity={activity} />}
    </>
  );
}

function Head({ recording, activity }: { recording: RecordingInfo; activity: Tagged }) {
  const titleOf = useTitleOf();
  const file = recording.path?.split("/").at(-1);
  const title = titleOf(recording);
  return (
    <div className="flex items-start justify-between gap-3">
      <div className="flex min-w-0 items-center gap-3">
        <span className="rounded-md bg-sunken px-2 py-1 font-mono text-xs font-semibold">
          {formatName(recording.format)}
        </span>
        <span className="min-w-0">
          <span className="flex min-w-0 items-center gap-2">
            <span className="truncate font-medium">{title}</span>
            {recording.primary && activity.recordings.length > 1 && (
              <span className="shrink-0 rounded-full bg-accent-soft px-2 text-xs font-medium text-accent">
                {t("sources.primary")}
              </span>
            )}
          </span>
          {file !== undefined && file !== title && (
            <span className="label block truncate" title={recording.path ?? undefined}>
              {file}
            </span>
          )}
        </span>
      </div>
      <a
        href={address("/api/activities/{activity}/original", {
          path: { activity: activity.id },
          query: { recording: recording.id },
        })}
        download
        aria-label={t("activity.download_original")}
        title={t("activity.download_original")}
        className={classes(
          "grid size-9 shrink-0 place-items-center rounded-lg text-ink-2",
          "pointer-coarse:size-11 hover:bg-sunken hover:text-ink",
        )}
      >
        <Icon name="download" />
      </a>
    </div>
  );
}

function Facts({ recording, activity }: { recording: RecordingInfo; activity: Tagged }) {
  const given = useGiven(activity);
  const channelOf = useChannelName(activity);
  const rows: [string, string][] = [
    [t("sources.fields"), recording.fields.map(given).join(", ")],
    [t("sources.gives"), recording.gives.map(channelOf).join(", ")],
    [t("sources.channels"), recording.channels.map(channelOf).join(", ")],
    [t("sources.digest"), recording.original],
  ];
  return (
    <dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-xs">
      {rows
        .filter(([, value]) => value !== "")
        .map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd className={value === recording.original ? "truncate font-mono text-ink-2" : "text-ink-2"}>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
