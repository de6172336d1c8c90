import { useState } from "react";

import type { Tagged } from "@/api/activities/activities";
import { usePrefer, useTakeBackEdit, useTakeOut } from "@/api/activities/merging";
import { reason } from "@/api/client";
import type { RecordingInfo } from "@/api/types";
import { chosenOf, EVERYTHING } from "@/lib/activity/edits";
import { humanise } from "@/lib/activity/sports";
import { classes } from "@/lib/classes";
import { t } from "@/pages/activity/text";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Menu, MenuItem } from "@/ui/controls/Menu";
import { say, sayError } from "@/ui/layout/Toasts";
import { Icon } from "@/ui/pictures/Icon";
import { useChannelName, useGiven, useTitleOf } from "./given";

interface Of {
  recording: RecordingInfo;
  activity: Tagged;
}

/** Hidden parts of what is given together with something that is offered by name. */
const NOT_OFFERED = new Set(["longitude", "time_s", "thumb"]);

/**
 * What a person can decide about a recording: prefer it, wholly or for some fields, or separate it as another workout.
 */
export function Choices({ recording, activity }: Of) {
  const prefer = usePrefer();
  const given = useGiven(activity);
  const channelOf = useChannelName(activity);
  const what = useTitleOf()(recording);
  const [leaving, setLeaving] = useState(false);
  const chosen = [...chosenOf(activity.edits)].filter(([, file]) => file === recording.original).map(([name]) => name);
  const choose = (name: string, one: string | null, words: string): void => {
    prefer.mutate(
      { activity: activity.id, name, recording: one },
      {
        onSuccess: () => {
          say(words);
        },
        onError: (error) => {
          sayError(reason(error));
        },
      },
    );
  };
  const take = (name: string): void => {
    choose(name, recording.id, t("sources.take_toast", { field: humanise(given(name)), what }));
  };
  const free = (name: string): void => {
    choose(name, null, t("sources.automatic_toast", { what: humanise(given(name)) }));
  };
  return (
    <footer className="border-t border-line px-4 py-2.5">
      {chosen.length > 0 && <Chosen names={chosen} given={given} busy={prefer.isPending} onFree={free} />}
      <div className="flex flex-wrap items-center gap-2">
        {!chosen.includes(EVERYTHING) && (
          <Button
            busy={prefer.isPending}
            aria-label={`${t("sources.always")}: ${what}`}
            onClick={() => {
              choose(EVERYTHING, recording.id, t("sources.always_toast", { what }));
            }}
          >
            {t("sources.always")}
          </Button>
        )}
        <Button
          kind="quiet"
          icon="split"
          aria-label={t("sources.out_name", { what })}
          onClick={() => {
            setLeaving(true);
          }}
        >
          {t("sources.out")}
        </Button>
        <span className="ml-auto">
          <Take recording={recording} what={what} given={given} channelOf={channelOf} onTake={take} />
        </span>
      </div>
      {leaving && (
        <TakeOut
          recording={recording}
          activity={activity}
          onClose={() => {
            setLeaving(false);
          }}
        />
      )}
    </footer>
  );
}

/** What a person chose of a recording, each with the way back. */
function Chosen({
  names,
  given,
  busy,
  onFree,
}: {
  names: string[];
  given: (name: string) => string;
  busy: boolean;
  onFree: (name: string) => void;
}) {
  return (
    <p className="mb-2 flex flex-wrap items-center gap-1.5 text-xs text-ink-2">
      {t("sources.chosen")}
      {names.map((name) => (
        <button
          key={name}
          type="button"
          disabled={busy}
          aria-label={t("sources.automatic", { what: given(name) })}
          title={t("sources.automatic", { what: given(name) })}
          onClick={() => {
            onFree(name);
          }}
          className={classes(
            "touch inline-flex items-center gap-1 rounded-full bg-accent-soft py-0.5 pr-1.5 pl-2.5",
            "font-medium text-accent",
            "hover:text-accent-strong",
          )}
        >
          {given(name)}
          <Icon name="close" size={14} />
        </button>
      ))}
    </p>
  );
}

/** Single fields and channels that this recording has and another one gives now. */
function Take({
  recording,
  what,
  given,
  channelOf,
  onTake,
}: {
  recording: RecordingInfo;
  what: string;
  given: (name: string) => string;
  channelOf: (name: string) => string;
  onTake: (name: string) => void;
}) {
  const shown = new Set(recording.primary ? [] : recording.gives);
  const channels = recording.channels.filter((name) => !NOT_OFFERED.has(name) && !shown.has(name));
  const fields = recording.knows.filter((name) => !NOT_OFFERED.has(name) && !recording.fields.includes(name));
  if (channels.length + fields.length === 0 || (recording.primary && fields.length === 0)) return null;
  return (
    <Menu
      up
      button={(wiring) => (
        <Button kind="quiet" icon="up" aria-label={t("sources.take_name", { what })} {...wiring}>
          {t("sources.take")}
        </Button>
      )}
    >
      <div className="max-h-72 overflow-auto">
        {fields.map((name) => (
          <MenuItem
            key={name}
            icon="table"
            onClick={() => {
              onTake(name);
            }}
          >
            {humanise(given(name))}
          </MenuItem>
        ))}
        {!recording.primary &&
          channels.map((name) => (
            <MenuItem
              key={`channel ${name}`}
              icon="training"
              onClick={() => {
                onTake(name);
              }}
            >
              {t("sources.channel", { name: humanise(channelOf(name)) })}
            </MenuItem>
          ))}
      </div>
    </Menu>
  );
}

/** Taking out is said what it does, done, and taken back from the toast. */
function TakeOut({ recording, activity, onClose }: Of & { onClose: () => void }) {
  const out = useTakeOut();
  const back = useTakeBackEdit();
  const what = useTitleOf()(recording);
  const failed = (error: unknown): void => {
    sayError(reason(error));
  };
  // Promises, for this dialog is gone from the page before they are kept.
  const go = (): void => {
    out.mutateAsync({ activity: activity.id, recording: recording.id }).then((edit) => {
      onClose();
      const undo = (): void => {
        back.mutateAsync({ edit: edit ?? "" }).then(() => {
          say(t("sources.back_toast"));
        }, failed);
      };
      say(t("sources.out_toast", { what }), edit === undefined ? null : undo);
    }, failed);
  };
  return (
    <Dialog title={t("sources.out_title")} onClose={onClose}>
      <p className="mb-1 font-medium">{what}</p>
      <p className="mb-5 text-ink-2">{t("sources.out_hint")}</p>
      <div className="flex justify-end gap-2">
        <Button kind="quiet" onClick={onClose}>
          {t("app.cancel")}
        </Button>
        <Button kind="primary" icon="split" busy={out.isPending} onClick={go}>
          {t("sources.out")}
        </Button>
      </div>
    </Dialog>
  );
}
