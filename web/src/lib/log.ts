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
