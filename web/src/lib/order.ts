/** The same list with one item moved by so many places, as far as the list goes. */
export function moved<T>(list: readonly T[], at: number, by: number): T[] {
  const next = [...list];
  const [one] = next.splice(at, 1);
  if (one === undefined) return next;
  next.splice(Math.min(next.length, Math.max(0, at + by)), 0, one);
  return next;
}

/** Items by an order of keys: those that it names, then the others as they stand. */
export function ordered<T>(items: readonly T[], order: readonly string[], keyOf: (item: T) => string): T[] {
  const place = (item: T): number => {
    const at = order.indexOf(keyOf(item));
    return at < 0 ? order.length : at;
  };
  return [...items].sort((a, b) => place(a) - place(b));
}
