import type { ActivityGap, Streams } from "@/api/types";
import { nearest, paused, smooth, steps, type Column } from "@/lib/activity/series";
import { sportLook } from "@/lib/activity/sports";
import { emptyIn } from "@/lib/geo/track";

/**
 * Values at each place, at which it was at these seconds: means over about the time from one place to the next.
 * Nothing is known during a pause, nor beside a sample that is `empty`.
 */
export function valuesAt(
  column: Column,
  time: readonly number[],
  seconds: readonly (number | null)[],
  empty: (i: number) => boolean = () => false,
): Column {
  const known = seconds.filter((at) => at !== null);
  const [first = 0, last = 0] = [known[0], known.at(-1)];
  const level = smooth(column, time, Math.max(LEAST_S, (last - first) / Math.max(1, known.length)));
  return seconds.map((at) => {
    if (at === null || time.length === 0) return null;
    const near = nearest(time, at);
    const beside = Math.min(time.length - 1, Math.max(0, near + Math.sign(at - (time[near] ?? 0))));
    const apart = beside !== near && (empty(beside) || paused(time, Math.min(near, beside)));
    return apart ? null : (level[near] ?? null);
  });
}

const LEAST_S = 5;

/** The channels that both have, in this order, at the places of a gap; cadence as each sport counts it. */
export function besideAt(
  keys: readonly string[],
  gap: ActivityGap,
  one: Streams,
  other: Streams,
  sports: readonly [string, string],
): { key: string; unit: string; first: Column; second: Column }[] {
  const some = (column: Column): boolean => column.some((value) => value !== null);
  return keys.flatMap((key) => {
    const [a, b] = [one.channels[key], other.channels[key]];
    if (!a || !b) return [];
    const [mine, theirs] = [a, b].map(({ values }, at) =>
      key === "cadence_rpm" ? steps(values, sportLook(sports[at] ?? "").colour) : values,
    );
    const first = valuesAt(mine ?? [], one.time_s, gap.time_s, emptyOf(one));
    const second = valuesAt(theirs ?? [], other.time_s, gap.other_time_s, emptyOf(other));
    return some(first) && some(second) ? [{ key, unit: a.unit, first, second }] : [];
  });
}

/** Says of samples whether nothing is known of them. */
export const emptyOf = ({ channels }: Streams): ((i: number) => boolean) =>
  emptyIn(Object.fromEntries(Object.entries(channels).map(([key, { values }]) => [key, values])));

/** How much later by its own clock the other was where both first were at the same place, in s. */
export function laterBy(gap: ActivityGap): number {
  const at = gap.other_time_s.findIndex((seconds) => seconds !== null);
  return at < 0 ? 0 : (gap.other_time_s[at] ?? 0) - (gap.time_s[at] ?? 0);
}

/** The gap at the last place where both were, in whole s; null without one. */
export function lastGap(gap: ActivityGap): number | null {
  const last = gap.gap_s.findLast((seconds) => seconds !== null);
  return last === undefined || last === null ? null : Math.round(last);
}

interface Named {
  name: string | null;
  start_local: string;
}

/** What tells two activities apart, in a few words: their names, else their days, else when they began. */
export function labelsOf(
  one: Named,
  other: Named,
  titleOf: (activity: Named) => string,
  dayOf: (local: string) => string,
): [string, string] {
  const ways = [
    titleOf,
    ({ start_local }: Named) => dayOf(start_local),
    ({ start_local }: Named) => clockOf(start_local),
  ];
  for (const way of ways) {
    const [a, b] = [way(one), way(other)];
    if (a !== b) return [a, b];
  }
  return [`${titleOf(one)} 1`, `${titleOf(other)} 2`];
}

const clockOf = (local: string): string => local.slice(0, 16).replace("T", " ");
