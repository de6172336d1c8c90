import { useTurnEdit, type Tagged } from "@/api/activities";
import { address, reason } from "@/api/client";
import { useMayEdit, usePreferences } from "@/api/session";
import type { Edit, RecordingInfo } from "@/api/types";
import { channelLook } from "@/lib/channels";
import { instant } from "@/lib/dates";
import { deviceName, humanise } from "@/lib/sports";
import { known, noteText, t } from "@/lib/text";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { Section } from "@/ui/Page";
import { sayError } from "@/ui/Toasts";

/** The recordings an activity is made of, what each gives, and its original bytes. */
export function Sources({ activity }: { activity: Tagged }) {
  if (activity.recordings.length === 0) return null;
  return (
    <Section title={t("sources.title")}>
      <ul className="grid gap-3 lg:grid-cols-2">
        {activity.recordings.map((recording) => (
          <li key={recording.id} className="card min-w-0 p-4"><Recording recording={recording} activity={activity} /></li>
        ))}
      </ul>
    </Section>
  );
}

function Recording({ recording, activity }: { recording: RecordingInfo; activity: Tagged }) {
  const wish = usePreferences();
  const units = new Map(activity.channels.map(({ key, unit }) => [key, unit]));
  const channelName = (key: string): string =>
    key === "latitude" || key === "longitude" ? humanise(key) : channelLook(key, units.get(key) ?? "", wish, activity.sport).label;
  const rows: [string, string][] = [
    [t("sources.fields"), recording.fields.map((field) => known("field", field) ?? humanise(field)).join(", ")],
    [t("sources.channels"), recording.channels.map(channelName).join(", ")],
    [t("sources.digest"), recording.original],
  ];
  return (
    <>
      <div className="flex items-start justify-between gap-3">
        <div className="flex min-w-0 items-center gap-3">
          <span className="rounded-md bg-sunken px-2 py-1 font-mono text-xs font-semibold uppercase">{recording.format}</span>
          <span className="min-w-0">
            <span className="block truncate font-medium">{recording.path ?? recording.device ?? t("sources.file_source")}</span>
            <span className="label block">{[recording.device && deviceName(recording.device), recording.primary ? t("sources.primary") : null].filter(Boolean).join(" · ")}</span>
          </span>
        </div>
        <a
          href={address(`/activities/${activity.id}/original`, { recording: recording.id })} download aria-label={t("activity.download_original")} title={t("activity.download_original")}
          className="grid size-9 shrink-0 pointer-coarse:size-11 place-items-center rounded-lg text-ink-2 hover:bg-sunken hover:text-ink"
        >
          <Icon name="download" />
        </a>
      </div>
      {recording.notes.map((note) => (
        <p key={note} className="mt-2 flex gap-2 text-sm text-ink-2"><Icon name="info" size={18} className="text-warn" />{noteText(note)}</p>
      ))}
      <dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-xs">
        {rows.filter(([, value]) => value !== "").map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd className={value === recording.original ? "truncate font-mono text-ink-2" : "text-ink-2"}>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** What was changed by hand, newest first; each can be taken back and put forward again. */
export function Edits({ activity }: { activity: Tagged }) {
  const wish = usePreferences();
  const turn = useTurnEdit();
  const mayEdit = useMayEdit();
  if (activity.edits.length === 0) return null;
  return (
    <Section title={t("edits.title")}>
      <ol className="card divide-y divide-line">
        {activity.edits.map((edit) => (
          <li key={edit.id} className="flex flex-wrap items-center justify-end gap-x-3 px-4 py-2 text-sm">
            <span className={`min-w-0 flex-1 max-sm:basis-full ${edit.undone ? "text-ink-3 line-through" : ""}`}>
              {told(edit)}
              {edit.undone && <span className="sr-only"> ({t("edits.undone")})</span>}
            </span>
            <span className="label shrink-0">{edit.by === null ? instant(edit.at, wish) : t("edits.by", { when: instant(edit.at, wish), who: edit.by })}</span>
            {mayEdit && (
              <Button
                kind="quiet" busy={turn.isPending && turn.variables.edit === edit.id}
                onClick={() => {
                  turn.mutate({ activity: activity.id, edit: edit.id, turn: edit.undone ? "redo" : "undo" }, { onError: (error) => { sayError(reason(error)); } });
                }}
              >
                {t(edit.undone ? "app.redo" : "app.undo")}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}

function told(edit: Edit): string {
  if (edit.verb === "delete") return t("edits.delete");
  if (edit.verb === "restore") return t("edits.restore");
  const field = humanise(known("field", edit.field ?? "") ?? edit.field ?? edit.verb);
  return edit.value === null ? t("edits.cleared", { field }) : t("edits.set", { field, value: String(edit.value) });
}
