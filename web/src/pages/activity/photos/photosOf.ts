import { useMemo } from "react";

import type { Tagged } from "@/api/activities/activities";
import { pictureAt, usePhotos } from "@/api/activities/photos";
import { useMayEdit } from "@/api/session";
import type { Photo } from "@/api/types";
import type { Pin } from "@/charts/map/Pins";
import { t } from "@/pages/activity/text";
import { useAddressQuery } from "@/ui/hooks/address";
import { useAdding, type Progress } from "./adding";
import { nameOf } from "./names";

/** The photos of an activity, those on its map, and the one that is shown large, as the address has it. */
export interface PhotosOf {
  items: readonly Photo[];
  pins: readonly Pin[];
  mayEdit: boolean;
  progress: Progress | null;
  add: (files: Iterable<File>) => void;
  shown: Photo | null;
  open: (photo: string | null) => void;
}

const NONE: readonly Photo[] = [];

export function usePhotosOf(activity: Tagged): PhotosOf {
  const mayEdit = useMayEdit() && !activity.deleted;
  const { data } = usePhotos(activity.id);
  const [progress, add] = useAdding(activity.id);
  const [parameters, edit] = useAddressQuery();
  const items = data?.items ?? NONE;
  const pins = useMemo(
    () =>
      items.flatMap((photo): Pin[] => {
        const { id, latitude, longitude } = photo;
        if (latitude === null || longitude === null) return [];
        const name = t("photos.open", { name: nameOf(photo, items) });
        return [{ id, lon: longitude, lat: latitude, name, picture: pictureAt(id, "320") }];
      }),
    [items],
  );
  const open = (photo: string | null): void => {
    edit((next) => {
      if (photo === null) next.delete("photo");
      else next.set("photo", photo);
    });
  };
  const shown = items.find(({ id }) => id === parameters.get("photo")) ?? null;
  return { items, pins, mayEdit, progress, add, shown, open };
}
