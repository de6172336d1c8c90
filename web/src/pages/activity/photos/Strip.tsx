import { useState } from "react";

import { pictureAt } from "@/api/activities/photos";
import type { Photo } from "@/api/types";
import { classes } from "@/lib/classes";
import { t } from "@/pages/activity/text";
import { Button } from "@/ui/controls/Button";
import { Icon } from "@/ui/pictures/Icon";
import { AddPhotos } from "./AddPhotos";
import type { Progress } from "./adding";
import { ClockDialog } from "./ClockDialog";
import { nameOf } from "./names";

/** The photos of an activity in a row that scrolls, each as high as the others; a press shows it large. */
export function Strip({
  activity,
  photos,
  mayEdit,
  progress,
  onFiles,
  onOpen,
}: {
  activity: string;
  photos: readonly Photo[];
  mayEdit: boolean;
  progress: Progress | null;
  onFiles: (files: Iterable<File>) => void;
  onOpen: (photo: string) => void;
}) {
  const [clock, setClock] = useState(false);
  const byCamera = photos.filter((photo) => photo.clock !== null && photo.clock !== "satellites");
  return (
    <section aria-label={t("photos.title")} className="mt-4">
      <ul className="-mx-4 flex gap-2 overflow-x-auto px-4 py-1 md:mx-0 md:px-1" data-testid="photos">
        {photos.map((photo) => (
          <li key={photo.id} className="shrink-0">
            <Thumb photo={photo} name={nameOf(photo, photos)} mayEdit={mayEdit} onOpen={onOpen} />
          </li>
        ))}
      </ul>
      {mayEdit && (
        <div className="mt-1 flex flex-wrap items-center gap-1">
          <AddPhotos progress={progress} onFiles={onFiles} />
          {byCamera.length > 0 && (
            <Button
              kind="quiet"
              icon="clock"
              onClick={() => {
                setClock(true);
              }}
            >
              {t("photos.clock")}
            </Button>
          )}
        </div>
      )}
      {clock && (
        <ClockDialog
          activity={activity}
          photos={byCamera}
          onClose={() => {
            setClock(false);
          }}
        />
      )}
    </section>
  );
}

function Thumb({
  photo,
  name,
  mayEdit,
  onOpen,
}: {
  photo: Photo;
  name: string;
  mayEdit: boolean;
  onOpen: (photo: string) => void;
}) {
  const hidden = mayEdit && photo.private;
  return (
    <button
      type="button"
      aria-label={hidden ? t("photos.open_private", { name }) : t("photos.open", { name })}
      title={hidden ? t("photos.private") : undefined}
      onClick={() => {
        onOpen(photo.id);
      }}
      className={classes(
        "relative block h-28 overflow-hidden rounded-xl bg-sunken ring-1 ring-line transition-shadow",
        "hover:ring-2 hover:ring-accent",
      )}
    >
      <img
        src={pictureAt(photo.id, "320")}
        alt=""
        width={photo.width}
        height={photo.height}
        loading="lazy"
        decoding="async"
        className="h-28 w-auto min-w-16 max-w-60 object-cover"
      />
      {hidden && (
        <span className="absolute right-1.5 bottom-1.5 rounded-md bg-surface/85 p-1 text-ink">
          <Icon name="lock" size={14} />
        </span>
      )}
    </button>
  );
}
