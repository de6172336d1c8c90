import { useSyncExternalStore } from "react";

/** The one position that the map and every chart of a page share, in seconds since the start. */
export class Cursor {
  private at: number | null = null;
  private readonly listeners = new Set<() => void>();

  readonly get = (): number | null => this.at;

  readonly set = (at: number | null): void => {
    if (at === this.at) return;
    this.at = at;
    for (const listener of this.listeners) listener();
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

export function useCursor(cursor: Cursor): number | null {
  return useSyncExternalStore(cursor.subscribe, cursor.get);
}
