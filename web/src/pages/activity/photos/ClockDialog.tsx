import { useState } from "react";

import { useSetClock } from "@/api/activities/photos";
import { reason } from "@/api/client";
import type { Photo } from "@/api/types";
import { t } from "@/pages/activity/text";
import { Button } from "@/ui/controls/Button";
import { TextField } from "@/ui/controls/Field";
import { Dialog } from "@/ui/controls/Dialog";
import { say, sayError } from "@/ui/layout/Toasts";
import { clockOf } from "./names";

const MOST_MIN = 366 * 24 * 60;

/** Sets right the clock of the camera that photos were taken with; where they lie on the map follows. */
export function ClockDialog({
  activity,
  photos,
  onClose,
}: {
  activity: string;
  photos: readonly Photo[];
  onClose: () => void;
}) {
  const set = useSetClock(activity);
  const first = Math.round((photos[0]?.clock_s ?? 0) / 60);
  const [hours, setHours] = useState(String(Math.trunc(first / 60)));
  const [minutes, setMinutes] = useState(String(first % 60));
  const total = Number(hours) * 60 + Number(minutes);
  const valid = Number.isInteger(total) && Math.abs(total) <= MOST_MIN && hours.trim() !== "" && minutes.trim() !== "";
  const save = (): void => {
    set.mutate(
      photos.map(({ id }) => ({ id, clock_s: total * 60 })),
      {
        onSuccess: () => {
          say(t("photos.clock_set", { by: clockOf(total) }), () => {
            set.mutate(photos);
          });
          onClose();
        },
        onError: (error) => {
          sayError(reason(error));
        },
      },
    );
  };
  return (
    <Dialog title={t("photos.clock_title")} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (valid) save();
        }}
      >
        <p className="text-sm text-ink-2">{t("photos.clock_hint")}</p>
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label={t("photos.hours")}
            type="number"
            value={hours}
            onChange={(event) => {
              setHours(event.target.value);
            }}
          />
          <TextField
            label={t("photos.minutes")}
            type="number"
            value={minutes}
            onChange={(event) => {
              setMinutes(event.target.value);
            }}
          />
        </div>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("app.cancel")}</Button>
          <Button type="submit" kind="primary" disabled={!valid} busy={set.isPending}>
            {t("app.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
