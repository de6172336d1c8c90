import { useNavigate } from "react-router";

import { useActivities, type Tagged } from "@/api/activities/activities";
import { useMerge, useTakeBackEdit } from "@/api/activities/merging";
import { reason } from "@/api/client";
import { usePreferences } from "@/api/session";
import type { ActivityItem } from "@/api/types";
import { sportName } from "@/lib/activity/sports";
import { classes } from "@/lib/classes";
import { clock, day, shifted } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { duration, told } from "@/lib/units";
import { t } from "@/pages/activity/text";
import { Dialog } from "@/ui/controls/Dialog";
import { Empty, Failure, Notice, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { SportIcon } from "@/ui/pictures/Sport";
import { TrackPicture } from "@/ui/pictures/Track";

/** Choose the activity that this one is to be made one with, of the same day or a day beside it. */
export function MergeDialog({ activity, onClose }: { activity: Tagged; onClose: () => void }) {
  const wish = usePreferences();
  const own = activity.start_local.slice(0, 10);
  const [from, to] = [shifted(own, -1), shifted(own, 1)];
  const list = useActivities({ from, to });
  const merge = useMerge();
  const back = useTakeBackEdit();
  const navigate = useNavigate();
  const others = list.data?.pages
    .flatMap(({ items }) => items)
    .filter(({ id }) => id !== activity.id && id !== activity.parent);
  const failed = (error: unknown): void => {
    sayError(reason(error));
  };
  // Promises, for this dialog is gone before they resolve. An activity of parts goes with the edit.
  const go = (other: string): void => {
    merge.mutateAsync({ activity: activity.id, other }).then(
      ({ id, edit }) => {
        onClose();
        const whole = id === activity.id ? null : id;
        if (whole !== null) void navigate(routes.activity(whole));
        const undo = (): void => {
          if (whole !== null) void navigate(routes.activity(activity.id));
          back.mutateAsync({ edit: edit ?? "", gone: whole }).then(() => {
            say(t("sources.apart_toast"));
          }, failed);
        };
        say(t("sources.merge_toast"), edit === undefined ? null : undo);
      },
      () => undefined,
    );
  };
  return (
    <Dialog title={t("sources.merge_title")} onClose={onClose}>
      <p className="mb-4 text-sm text-ink-2">{t("sources.merge_hint")}</p>
      {merge.isError && (
        <div role="alert" className="mb-4">
          <Notice tone="bad">{reason(merge.error)}</Notice>
        </div>
      )}
      <h3 className="label mb-1.5">
        {t("sources.merge_days", { from: day(from, wish, "short"), to: day(to, wish, "short") })}
      </h3>
      {list.isPending && (
        <Waiting>
          <div className="skeleton h-16" />
        </Waiting>
      )}
      {list.isError && !list.data && <Failure error={list.error} retry={() => void list.refetch()} />}
      {others?.length === 0 && <Empty icon="activities" title={t("sources.merge_none")} />}
      <ul className="divide-y divide-line rounded-lg border border-line empty:hidden">
        {others?.map((item) => (
          <li key={item.id}>
            <Candidate
              item={item}
              busy={merge.isPending}
              onChoose={() => {
                go(item.id);
              }}
            />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function Candidate({ item, busy, onChoose }: { item: ActivityItem; busy: boolean; onChoose: () => void }) {
  const wish = usePreferences();
  const { name, sport, start_local, elapsed_s, distance_m, thumb } = item;
  const details = [
    `${day(start_local, wish, "short")}, ${clock(start_local, wish)}`,
    duration(elapsed_s),
    ...(distance_m === null ? [] : [told("distance", distance_m, wish, sport)]),
  ];
  return (
    <button
      type="button"
      disabled={busy}
      onClick={onChoose}
      className={classes(
        "touch flex w-full items-center gap-3 px-3 py-2 text-left",
        "hover:bg-sunken focus-visible:bg-sunken disabled:opacity-50",
      )}
    >
      <TrackPicture thumb={thumb} sport={sport} />
      <span className="min-w-0">
        <span className="block truncate font-medium">
          <span className="sr-only">{`${t("sources.merge_with")} `}</span>
          {name}
        </span>
        <span className="flex items-center gap-1.5 text-xs text-ink-3">
          <SportIcon sport={sport} size={16} />
          <span className="sr-only">{sportName(sport)}</span>
          {details.join(" · ")}
        </span>
      </span>
    </button>
  );
}
