/** Lines of a log, the newest first, in groups: those of one run each, and those in between. */
export function byRun<T extends { run: string | null }>(lines: readonly T[]): T[][] {
  const groups: T[][] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    if (last && last[0]?.run === line.run && line.run !== null) last.push(line);
    else groups.push([line]);
  }
  return groups;
}

/** Groups in their order; those of which every line is quiet, one after the other, stand together. */
export function folded<T extends { quiet: boolean }>(groups: readonly T[][]): T[][][] {
  const parts: T[][][] = [];
  const isQuiet = (group: readonly T[] | undefined): boolean => group?.every(({ quiet }) => quiet) ?? false;
  for (const group of groups) {
    const last = parts.at(-1);
    if (last && isQuiet(group) && isQuiet(last[0])) last.push(group);
    else parts.push([group]);
  }
  return parts;
}
