import { useRef } from "react";

import { t } from "@/pages/activity/text";
import { Button } from "@/ui/controls/Button";
import { ACCEPTED, type Progress } from "./adding";

/** The button that opens the camera roll or a folder, and says how far photos are sent. */
export function AddPhotos({
  progress,
  onFiles,
}: {
  progress: Progress | null;
  onFiles: (files: Iterable<File>) => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={field}
        type="file"
        accept={ACCEPTED}
        multiple
        hidden
        data-testid="photo-files"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <Button kind="quiet" icon="camera" busy={progress !== null} onClick={() => field.current?.click()}>
        {progress === null
          ? t("photos.add")
          : t("photos.sending", { at: String(progress.sent + 1), of: String(progress.total) })}
      </Button>
    </>
  );
}
