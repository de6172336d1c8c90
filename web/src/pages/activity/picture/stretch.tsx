import type { ReactNode } from "react";

import type { Stretch } from "@/charts/channels/frame";

/** Choose a stretch on the charts and the map, and bring them into sight. */
export function showStretch(onSelect: (stretch: Stretch) => void, stretch: Stretch): void {
  onSelect(stretch);
  document.getElementById("charts")?.scrollIntoView({ block: "start" });
}

/** The first cell of a row that chooses its stretch. */
export function Choose({ name, onChoose, children }: { name: string; onChoose: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      className="touch -my-1 rounded px-2 py-1 font-medium text-accent underline-offset-4 hover:underline"
      aria-label={name}
      onClick={onChoose}
    >
      {children}
    </button>
  );
}
