import { useState, type DragEvent, type ReactNode } from "react";

import { t } from "@/pages/activity/text";
import { classes } from "@/lib/classes";
import { Icon } from "@/ui/pictures/Icon";

const isPhoto = ({ type }: { type: string }): boolean => type.startsWith("image/");

/** A part of the page that takes dropped photos; all other files are the window's, which imports them. */
export function PhotoDrop({ onFiles, children }: { onFiles: (files: File[]) => void; children: ReactNode }) {
  const [depth, setDepth] = useState(0);
  const holds = (event: DragEvent): boolean => {
    const { items } = event.dataTransfer;
    return items.length > 0 && [...items].every((item) => item.kind === "file" && isPhoto(item));
  };
  const move =
    (step: number) =>
    (event: DragEvent): void => {
      if (!holds(event)) return;
      event.preventDefault();
      event.stopPropagation();
      setDepth((now) => Math.max(0, now + step));
    };
  const drop = (event: DragEvent): void => {
    setDepth(0);
    const files = [...event.dataTransfer.files];
    if (files.length === 0 || !files.every(isPhoto)) return;
    event.preventDefault();
    event.stopPropagation();
    onFiles(files);
  };
  return (
    <div className="relative" onDragEnter={move(1)} onDragLeave={move(-1)} onDragOver={move(0)} onDrop={drop}>
      {children}
      {depth > 0 && (
        <div
          className={classes(
            "appear pointer-events-none absolute inset-0 z-20 flex items-start justify-center rounded-xl",
            "border-2 border-dashed border-accent bg-accent-soft/80 pt-24",
          )}
        >
          <p className="flex items-center gap-3 text-lg font-semibold">
            <Icon name="camera" className="text-accent" />
            {t("photos.drop")}
          </p>
        </div>
      )}
    </div>
  );
}
