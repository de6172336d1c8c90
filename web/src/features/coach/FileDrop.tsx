import { useState, type DragEvent, type ReactNode } from "react";

import { classes } from "@/lib/classes";
import { Icon } from "@/ui/pictures/Icon";

/** A part of the page that takes a dropped file itself, before the window takes it for an activity. */
export function FileDrop({
  words,
  onFile,
  children,
}: {
  /** What to drop, while something is dragged over it. */
  words: string;
  onFile: (file: File) => void;
  children: ReactNode;
}) {
  const [depth, setDepth] = useState(0);
  const move =
    (step: number) =>
    (event: DragEvent): void => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      event.stopPropagation();
      setDepth((now) => Math.max(0, now + step));
    };
  const drop = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    event.stopPropagation();
    setDepth(0);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };
  return (
    <div className="relative min-h-96" onDragEnter={move(1)} onDragLeave={move(-1)} onDragOver={move(0)} onDrop={drop}>
      {children}
      {depth > 0 && (
        <div
          className={classes(
            "appear pointer-events-none absolute inset-0 z-20 flex items-start justify-center rounded-xl",
            "border-2 border-dashed border-accent bg-accent-soft/80 pt-24",
          )}
        >
          <p className="flex items-center gap-3 text-lg font-semibold">
            <Icon name="import" className="text-accent" />
            {words}
          </p>
        </div>
      )}
    </div>
  );
}
