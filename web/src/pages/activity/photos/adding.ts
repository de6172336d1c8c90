import { useState } from "react";

import { useAddPhoto } from "@/api/activities/photos";
import { reason } from "@/api/client";
import { many, t } from "@/pages/activity/text";
import { say, sayError } from "@/ui/layout/Toasts";

/** What the server takes; some phones make JPEG of what else they have when they are asked so. */
export const ACCEPTED = "image/jpeg,image/png,image/webp";

/** How far photos are sent: so many of so many. */
export interface Progress {
  sent: number;
  total: number;
}

/** Sends photos one after another; one that is refused says why and holds up no other. */
export function useAdding(activity: string): [Progress | null, (files: Iterable<File>) => void] {
  const add = useAddPhoto(activity);
  const [progress, setProgress] = useState<Progress | null>(null);
  const send = async (files: File[]): Promise<void> => {
    let added = 0;
    for (const [sent, file] of files.entries()) {
      setProgress({ sent, total: files.length });
      try {
        await add.mutateAsync(file);
        added += 1;
      } catch (error) {
        sayError(reason(error));
      }
    }
    setProgress(null);
    if (added > 0) say(many("photos.added", added));
  };
  const begin = (files: Iterable<File>): void => {
    const chosen = [...files];
    if (progress !== null) sayError(t("photos.busy"));
    else if (chosen.length > 0) void send(chosen);
  };
  return [progress, begin];
}
