import { useSyncExternalStore } from "react";

/** The one position that the map and every chart of a page share, in seconds since the start. */
export class Cursor {
  private at: number | null = null;
  private by: object | null = null;
  private readonly listeners = new Set<() => void>();

  readonly get = (): number | null => this.at;

  /** What holds it, so that nothing else lets it go: a plot or map below the mouse; null where it was set by keys. */
  readonly holder = (): object | null => this.by;

  readonly set = (at: number | null, holder: object | null = null): void => {
    this.by = holder;
    if (at === this.at) return;
    this.at = at;
    for (const listener of this.listeners) listener();
  };

  /** Let it go where it is this that holds it: a mouse that leaves a map takes away no cursor that keys have moved. */
  readonly release = (holder: object): void => {
    if (this.by === holder) this.set(null);
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

export function useCursor(cursor: Cursor): number | null {
  return useSyncExternalStore(cursor.subscribe, cursor.get);
}
