type Listener<A extends unknown[]> = (...news: A) => void;

/** Who listens to which event. */
export class Signals<E extends { [K in keyof E]: unknown[] }> {
  private readonly listeners: { [K in keyof E]?: Set<Listener<E[K]>> } = {};

  readonly on = <K extends keyof E>(event: K, listener: Listener<E[K]>): (() => void) => {
    const those = (this.listeners[event] ??= new Set());
    those.add(listener);
    return () => {
      those.delete(listener);
    };
  };

  send<K extends keyof E>(event: K, ...news: E[K]): void {
    for (const listener of this.listeners[event] ?? []) listener(...news);
  }
}
