import { useEffect, useRef, useState, type KeyboardEvent } from "react";

import {
  originalAt,
  pictureAt,
  useChangePhoto,
  useOrderPhotos,
  useRemovePhoto,
  useRestorePhoto,
} from "@/api/activities/photos";
import { reason } from "@/api/client";
import type { Photo } from "@/api/types";
import { classes } from "@/lib/classes";
import { moved } from "@/lib/order";
import { t } from "@/pages/activity/text";
import { IconButton } from "@/ui/controls/Button";
import { Menu, MenuDownload, MenuItem } from "@/ui/controls/Menu";
import { say, sayError } from "@/ui/layout/Toasts";
import { nameOf } from "./names";

const LARGE = "size-11!";
const failed = {
  onError: (error: unknown) => {
    sayError(reason(error));
  },
};

/** A photo over the page: arrows go on, Escape closes; its caption is written where it stands. */
export function Lightbox({
  activity,
  photos,
  photo,
  mayEdit,
  onOpen,
}: {
  activity: string;
  photos: readonly Photo[];
  photo: Photo;
  mayEdit: boolean;
  onOpen: (photo: string | null) => void;
}) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    box.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const at = photos.findIndex(({ id }) => id === photo.id);
  const go = (by: number): void => {
    const next = photos[at + by];
    if (next) onOpen(next.id);
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLInputElement) return;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by !== undefined) go(by);
  };
  const name = nameOf(photo, photos);
  return (
    <dialog
      ref={box}
      aria-label={name}
      data-testid="lightbox"
      onKeyDown={pressed}
      onCancel={(event) => {
        event.preventDefault();
        onOpen(null);
      }}
      className="m-0 h-dvh max-h-none w-dvw max-w-none bg-ground p-0 text-ink"
    >
      <div className="flex h-full flex-col">
        <header className="flex items-center justify-between gap-2 px-2 py-1.5">
          <span className="tnum pl-2 text-sm text-ink-2">
            {t("photos.nth", { at: String(at + 1), of: String(photos.length) })}
          </span>
          <span className="flex items-center">
            {mayEdit && <Acts activity={activity} photos={photos} photo={photo} at={at} onOpen={onOpen} />}
            <IconButton
              name={t("app.close")}
              icon="close"
              className={LARGE}
              onClick={() => {
                onOpen(null);
              }}
            />
          </span>
        </header>
        <div className="relative min-h-0 flex-1">
          <img
            key={photo.id}
            src={pictureAt(photo.id, "2048")}
            srcSet={`${pictureAt(photo.id, "1024")} 1024w, ${pictureAt(photo.id, "2048")} 2048w`}
            sizes="100vw"
            alt={name}
            className="absolute inset-0 size-full object-contain"
          />
          {at > 0 && (
            <Arrow
              side="left"
              name={t("photos.previous")}
              onClick={() => {
                go(-1);
              }}
            />
          )}
          {at < photos.length - 1 && (
            <Arrow
              side="right"
              name={t("photos.next")}
              onClick={() => {
                go(1);
              }}
            />
          )}
        </div>
        <footer className="px-4 pt-2 pb-4 text-center text-sm">
          {mayEdit ? (
            <Caption key={`${photo.id} ${photo.caption ?? ""}`} activity={activity} photo={photo} />
          ) : (
            <p className="min-h-6">{photo.caption}</p>
          )}
          {mayEdit && photo.private && <p className="mt-1 text-xs text-ink-2">{t("photos.private")}</p>}
        </footer>
      </div>
    </dialog>
  );
}

function Arrow({ side, name, onClick }: { side: "left" | "right"; name: string; onClick: () => void }) {
  return (
    <IconButton
      name={name}
      icon={side}
      onClick={onClick}
      className={classes(
        LARGE,
        "absolute! top-1/2 -translate-y-1/2 bg-surface/85 shadow-float",
        side === "left" ? "left-2" : "right-2",
      )}
    />
  );
}

/** The caption, saved when the field is left or Enter is pressed. */
function Caption({ activity, photo }: { activity: string; photo: Photo }) {
  const [text, setText] = useState(photo.caption ?? "");
  const change = useChangePhoto(activity);
  const save = (): void => {
    const caption = text.trim();
    if (caption !== (photo.caption ?? "")) change.mutate({ photo: photo.id, change: { caption } }, failed);
  };
  return (
    <input
      aria-label={t("photos.caption")}
      placeholder={t("photos.caption_hint")}
      value={text}
      maxLength={500}
      onChange={(event) => {
        setText(event.target.value);
      }}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
      }}
      className={classes(
        "min-h-11 w-full max-w-xl rounded-lg border border-line bg-surface px-3 py-2 text-center",
        "text-[16px] text-ink placeholder:text-ink-3 hover:border-line-strong",
      )}
    />
  );
}

/** What may be done with a photo. */
function Acts({
  activity,
  photos,
  photo,
  at,
  onOpen,
}: {
  activity: string;
  photos: readonly Photo[];
  photo: Photo;
  at: number;
  onOpen: (photo: string | null) => void;
}) {
  const order = useOrderPhotos(activity);
  const change = useChangePhoto(activity);
  const remove = useRemovePhoto(activity);
  const restore = useRestorePhoto(activity);
  const ids = photos.map(({ id }) => id);
  const move = (by: number): void => {
    order.mutate(moved(ids, at, by), failed);
  };
  const takeAway = (): void => {
    remove.mutate(photo.id, {
      ...failed,
      onSuccess: () => {
        onOpen(null); // what undoes it stands on the page below
        say(t("photos.removed"), () => {
          restore.mutate(photo.id, failed);
        });
      },
    });
  };
  return (
    <Menu button={(wiring) => <IconButton name={t("photos.actions")} icon="more" className={LARGE} {...wiring} />}>
      {at > 0 && (
        <MenuItem
          icon="left"
          onClick={() => {
            move(-1);
          }}
        >
          {t("photos.earlier")}
        </MenuItem>
      )}
      {at < ids.length - 1 && (
        <MenuItem
          icon="right"
          onClick={() => {
            move(1);
          }}
        >
          {t("photos.later")}
        </MenuItem>
      )}
      {(photo.latitude !== null || !photo.pinned) && (
        <MenuItem
          icon="map"
          onClick={() => {
            change.mutate({ photo: photo.id, change: { pinned: !photo.pinned } }, failed);
          }}
        >
          {photo.pinned ? t("photos.unpin") : t("photos.pin")}
        </MenuItem>
      )}
      <MenuDownload icon="download" href={originalAt(photo.id)}>
        {t("photos.download")}
      </MenuDownload>
      <MenuItem icon="trash" danger onClick={takeAway}>
        {t("photos.remove")}
      </MenuItem>
    </Menu>
  );
}
