import { useState } from "react";
import { Link, useNavigate } from "react-router";

import {
  useActivity,
  useChangeActivity,
  useDeleteActivity,
  useDeleteForGood,
  useRestoreActivity,
  type Tagged,
} from "@/api/activities/activities";
import { address, reason } from "@/api/client";
import { usePlanRoute } from "@/api/coach/plannedRoutes";
import { useMayEdit, useMayOwn, usePreferences } from "@/api/session";
import { PictureDialog } from "@/features/sharing/PictureDialog";
import { ShareDialog } from "@/features/sharing/ShareDialog";
import { formatName } from "@/lib/activity/merging";
import { kindName } from "@/lib/activity/sports";
import { clock, day } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { t } from "@/pages/activity/text";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Menu, MenuDownload, MenuItem } from "@/ui/controls/Menu";
import { Notice } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { Icon } from "@/ui/pictures/Icon";
import { SportTag } from "@/ui/pictures/Sport";
import { ToolsDialog } from "@/pages/activity/tools/ToolsDialog";
import { EditDialog } from "./EditDialog";
import { tellChange } from "./inline";
import { Name, titleOf } from "./Name";
import { Beside, useList } from "./Beside";
import { Notes } from "./Notes";
import { SplitNote } from "./SplitNote";
import { Tags } from "./Tags";

/** What it was and when, and what can be done with it. */
export function Header({ activity }: { activity: Tagged }) {
  const wish = usePreferences();
  const { data: parent } = useActivity(activity.parent);
  const kind = kindName(activity.sub_sport);
  const list = useList();
  return (
    <header>
      <nav className="mb-2 flex items-center gap-1 text-sm text-ink-2">
        <Link
          to={list === "" ? routes.activities : `${routes.activities}?${list}`}
          className="touch -ml-1 inline-flex items-center gap-1 rounded pr-2 hover:text-ink"
        >
          <Icon name="left" size={18} />
          {t("activity.back")}
        </Link>
        {parent && (
          <>
            <span>· {t("activity.leg_of")}</span>
            <Link
              to={routes.activity(parent.id)}
              className="font-medium text-accent underline-offset-4 hover:underline"
            >
              {titleOf(parent)}
            </Link>
          </>
        )}
        <Beside activity={activity} />
      </nav>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <Name activity={activity} />
          <p className="mt-1 flex flex-wrap items-center gap-x-2 text-sm text-ink-2">
            <SportTag sport={activity.sport} />
            {kind !== null && <span>· {kind}</span>}
            <span title={activity.start}>
              · {day(activity.start_local, wish)}, {clock(activity.start_local, wish)}
            </span>
            {activity.gear !== null && (
              <span>
                ·{" "}
                <Link to={routes.gear} className="underline-offset-4 hover:underline">
                  {activity.gear.name}
                </Link>
              </span>
            )}
            {activity.zone !== null && <span className="text-ink-3">{activity.zone.replaceAll("_", " ")}</span>}
          </p>
        </div>
        <Acts activity={activity} />
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-1.5">
        <Tags activity={activity} />
        <Notes activity={activity} />
      </div>
      <States activity={activity} />
      <SplitNote activity={activity} />
    </header>
  );
}

function Acts({ activity }: { activity: Tagged }) {
  const [editing, setEditing] = useState(false);
  const [askForGood, setAskForGood] = useState(false);
  const [correcting, setCorrecting] = useState(false);
  const [sharing, setSharing] = useState(false);
  const [drawing, setDrawing] = useState(false);
  const [mayEdit, mayOwn] = [useMayEdit(), useMayOwn()];
  // Asked for here and not in the menu: that is gone once something in it is chosen, and its answers with it.
  const change = useChangeActivity(activity.id);
  const remove = useRemove(activity);
  const original = (recording: string): string =>
    address("/api/activities/{activity}/original", { path: { activity: activity.id }, query: { recording } });
  if (!mayEdit && activity.track === null && activity.recordings.length === 0) return null;
  return (
    <div className="flex items-center gap-2">
      {mayEdit && (
        <Button
          icon="edit"
          onClick={() => {
            setEditing(true);
          }}
        >
          {t("activity.edit")}
        </Button>
      )}
      {mayEdit && activity.legs.length === 0 && (
        <Button
          icon="settings"
          onClick={() => {
            setCorrecting(true);
          }}
        >
          {t("tools.title")}
        </Button>
      )}
      <Menu button={(wiring) => <Button icon="more" aria-label={t("activity.actions")} {...wiring} />}>
        {mayOwn && activity.legs.length === 0 && !activity.deleted && (
          <MenuItem
            icon="out"
            onClick={() => {
              setSharing(true);
            }}
          >
            {t("activity.share")}
          </MenuItem>
        )}
        {mayOwn && activity.legs.length === 0 && !activity.deleted && !activity.hidden && (
          <MenuItem
            icon="download"
            onClick={() => {
              setDrawing(true);
            }}
          >
            {t("activity.picture")}
          </MenuItem>
        )}
        {activity.track !== null && (
          <MenuDownload
            icon="download"
            href={address("/api/activities/{activity}/gpx", { path: { activity: activity.id } })}
          >
            {t("activity.download_gpx")}
          </MenuDownload>
        )}
        {activity.track !== null && <StartsNear activity={activity.id} />}
        {mayEdit && activity.track !== null && <PlanAgain activity={activity.id} />}
        {activity.recordings.map((recording) => (
          <MenuDownload key={recording.id} icon="file" href={original(recording.id)}>
            {t("activity.download_original")} ({formatName(recording.format)})
          </MenuDownload>
        ))}
        {mayEdit && (
          <Away
            activity={activity}
            onHide={() => {
              change.mutate({ hidden: !activity.hidden }, { onError: tellChange });
            }}
            onRemove={remove}
            onForGood={() => {
              setAskForGood(true);
            }}
          />
        )}
      </Menu>
      {editing && (
        <EditDialog
          activity={activity}
          onClose={() => {
            setEditing(false);
          }}
          onError={tellChange}
        />
      )}
      {correcting && (
        <ToolsDialog
          activity={activity}
          onClose={() => {
            setCorrecting(false);
          }}
          onShift={() => {
            setCorrecting(false);
            setEditing(true);
          }}
        />
      )}
      {sharing && (
        <ShareDialog
          subject={{ kind: "activity", id: activity.id }}
          onClose={() => {
            setSharing(false);
          }}
        />
      )}
      {drawing && (
        <PictureDialog
          activity={activity.id}
          title={titleOf(activity)}
          onClose={() => {
            setDrawing(false);
          }}
        />
      )}
      {askForGood && (
        <ForGood
          activity={activity}
          onClose={() => {
            setAskForGood(false);
          }}
        />
      )}
    </div>
  );
}

/** Leads to the activities that start near this one's start. */
function StartsNear({ activity }: { activity: string }) {
  const navigate = useNavigate();
  return (
    <MenuItem
      icon="map"
      onClick={() => {
        void navigate(`${routes.activities}?near=${activity}`);
      }}
    >
      {t("activity.starts_near")}
    </MenuItem>
  );
}

/** Makes a planned route of where the activity went. */
function PlanAgain({ activity }: { activity: string }) {
  const plan = usePlanRoute();
  const navigate = useNavigate();
  const make = (): void => {
    plan.mutate(activity, {
      onSuccess: ({ id }) => {
        void navigate(routes.plannedRoute(id));
      },
      onError: (error) => {
        sayError(reason(error));
      },
    });
  };
  return (
    <MenuItem icon="route" onClick={make}>
      {t("activity.plan_again")}
    </MenuItem>
  );
}

/** What takes an activity out of sight. */
function Away({
  activity,
  onHide,
  onRemove,
  onForGood,
}: {
  activity: Tagged;
  onHide: () => void;
  onRemove: () => void;
  onForGood: () => void;
}) {
  const mayOwn = useMayOwn();
  return (
    <>
      <MenuItem icon={activity.hidden ? "show" : "hide"} onClick={onHide}>
        {t(activity.hidden ? "activity.unhide" : "activity.hide")}
      </MenuItem>
      {!activity.deleted && (
        <MenuItem icon="trash" danger onClick={onRemove}>
          {t("activity.delete")}
        </MenuItem>
      )}
      {activity.deleted && mayOwn && (
        <MenuItem icon="trash" danger onClick={onForGood}>
          {t("activity.delete_for_good")}
        </MenuItem>
      )}
    </>
  );
}

/** Deleting is done at once and can be taken back from the toast. */
function useRemove(activity: Tagged): () => void {
  const remove = useDeleteActivity();
  const restore = useRestoreActivity();
  const navigate = useNavigate();
  const name = titleOf(activity);
  return () => {
    remove.mutate(activity.id, {
      onSuccess: () => {
        void navigate(routes.activities);
        say(t("activity.deleted_toast", { name }), () => {
          restore.mutate(activity.id, {
            onSuccess: () => {
              say(t("activity.restored", { name }));
            },
          });
        });
      },
      onError: (error) => {
        sayError(reason(error));
      },
    });
  };
}

function ForGood({ activity, onClose }: { activity: Tagged; onClose: () => void }) {
  const forGood = useDeleteForGood();
  const navigate = useNavigate();
  const go = (): void => {
    forGood.mutate(activity.id, {
      onSuccess: () => void navigate(routes.activities),
      onError: (error) => {
        sayError(reason(error));
      },
    });
  };
  return (
    <Dialog title={t("activity.for_good_title")} onClose={onClose}>
      <p className="mb-5">{t("activity.for_good_hint")}</p>
      <div className="flex justify-end gap-2">
        <Button kind="quiet" onClick={onClose}>
          {t("app.cancel")}
        </Button>
        <Button kind="danger" icon="trash" busy={forGood.isPending} onClick={go}>
          {t("activity.delete_for_good")}
        </Button>
      </div>
    </Dialog>
  );
}

function States({ activity }: { activity: Tagged }) {
  const restore = useRestoreActivity();
  const mayEdit = useMayEdit();
  if (activity.deleted) {
    return (
      <div className="mt-3">
        <Notice tone="warn">
          {t("activity.deleted")}
          {mayEdit && (
            <Button
              busy={restore.isPending}
              onClick={() => {
                restore.mutate(activity.id);
              }}
            >
              {t("activity.restore")}
            </Button>
          )}
        </Notice>
      </div>
    );
  }
  if (activity.in_future)
    return (
      <div className="mt-3">
        <Notice tone="warn">{t("activity.in_future")}</Notice>
      </div>
    );
  return activity.hidden ? (
    <div className="mt-3">
      <Notice>{t("activity.hidden_note")}</Notice>
    </div>
  ) : null;
}
