/** A measure that may be sent somewhere. */
export interface Sendable {
  key: string;
  private: boolean;
}

/** Whether all measures but the private ones are chosen, and so those too that come later. */
export const isUsual = (chosen: ReadonlySet<string>, kinds: readonly Sendable[]): boolean =>
  kinds.every((kind) => chosen.has(kind.key) !== kind.private);

/** What to send: null for all but the private ones, else the chosen ones, and those of before that are not shown. */
export function sentKinds(
  chosen: ReadonlySet<string>,
  kinds: readonly Sendable[],
  before: readonly string[],
): string[] | null {
  if (isUsual(chosen, kinds)) return null;
  const shown = new Set(kinds.map(({ key }) => key));
  return [...before.filter((key) => !shown.has(key)), ...kinds.flatMap(({ key }) => (chosen.has(key) ? [key] : []))];
}
