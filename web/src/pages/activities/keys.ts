import { useEffect, type RefObject } from "react";

import { taken } from "@/ui/hooks/keys";
import type { Selection } from "./select/selection";

/** `j` and `k` (and the arrows within the list) go from row to row, `x` selects one; `/` goes to the search field. */
export function useListKeys(
  list: RefObject<HTMLElement | null>,
  focusRow: (index: number) => void,
  search: RefObject<HTMLInputElement | null>,
  selection: Selection | null,
): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (taken(event)) return;
      const active = document.activeElement;
      const within = active !== null && (list.current?.contains(active) ?? false);
      const at = within ? Number(active.id.slice("row-".length)) : null;
      const down = event.key === "j" || (within && event.key === "ArrowDown");
      const up = event.key === "k" || (within && event.key === "ArrowUp");
      if (down) focusRow(at === null ? firstInSight(list.current) : at + 1);
      else if (up) focusRow(at === null ? firstInSight(list.current) : Math.max(0, at - 1));
      else if (selection && at !== null && event.key.toLowerCase() === "x") selection.toggle(at, event.shiftKey);
      else if (selection && event.key === "Escape" && (selection.all || selection.ids.size > 0)) selection.clear();
      else if (event.key === "/") search.current?.focus();
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => {
      removeEventListener("keydown", press);
    };
  }, [list, focusRow, search, selection]);
}

function firstInSight(list: HTMLElement | null): number {
  const rows = [...(list?.querySelectorAll<HTMLElement>("a[id^=row-]") ?? [])];
  const seen = rows.find((row) => row.getBoundingClientRect().top >= 100);
  return Number(seen?.id.slice("row-".length) ?? 0);
}
