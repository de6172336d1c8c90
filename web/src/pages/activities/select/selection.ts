import { useRef, useState } from "react";

/** Which activities are selected: some by their ids, or all that the filters leave. */
export interface Selection {
  ids: ReadonlySet<string>;
  all: boolean;
  /** Whether boxes are shown on a phone, where nothing else is. */
  picking: boolean;
  has: (id: string) => boolean;
  /** Mark or unmark the activity at a place of the list; with `range` all from the one marked last to this. */
  toggle: (index: number, range: boolean) => void;
  selectAll: () => void;
  pick: (on: boolean) => void;
  clear: () => void;
}

const NONE: ReadonlySet<string> = new Set();

/** The selection of a list; `scope` names what the list shows, with which it changes. */
export function useSelection(items: readonly { id: string }[], scope: string): Selection {
  const [ids, setIds] = useState(NONE);
  const [all, setAll] = useState(false);
  const [picking, setPicking] = useState(false);
  const last = useRef<number | null>(null);
  const clear = (): void => {
    setIds(NONE);
    setAll(false);
    setPicking(false);
    last.current = null;
  };
  const [shown, setShown] = useState(scope);
  if (shown !== scope) {
    // What is selected is of what is shown: another list begins with none.
    setShown(scope);
    setIds(NONE);
    setAll(false);
    setPicking(false);
  }
  return {
    ids,
    all,
    picking,
    has: (id) => all || ids.has(id),
    toggle: (index, range) => {
      const from = range && last.current !== null ? last.current : index;
      const some = items.slice(Math.min(from, index), Math.max(from, index) + 1).map(({ id }) => id);
      const id = items[index]?.id;
      if (id === undefined) return;
      const next = new Set(all ? items.map((item) => item.id) : ids);
      const on = range || !next.has(id);
      for (const one of some)
        if (on) next.add(one);
        else next.delete(one);
      last.current = index;
      setAll(false);
      setIds(next);
    },
    selectAll: () => {
      setAll(true);
    },
    pick: setPicking,
    clear,
  };
}
