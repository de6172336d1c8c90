import type { ActivityGap, Streams } from "@/api/types";
import { columnsOf, nearest, paused, smooth, steps, type Column } from "@/lib/activity/series";
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
    const [before, after] = around(time, at);
    const apart = before !== after && (empty(before) || empty(after) || paused(time, before));
    return apart ? null : (level[nearest(time, at)] ?? null);
  });
}

const LEAST_S = 5;

/** An activity among those compared: what it measured, and when it was at each place. */
export interface Compared {
  streams: Streams;
  sport: string;
  seconds: readonly (number | null)[];
}

/** The channels that at least two have, at the same places; cadence as each sport counts it. Null is not shown. */
export function besideAt(
  keys: readonly string[],
  all: readonly (Compared | null)[],
): { key: string; unit: string; values: (Column | null)[] }[] {
  return keys.flatMap((key) => {
    const values = all.map((one) => one && columnOf(key, one));
    const unit = all.find((one) => one?.streams.channels[key])?.streams.channels[key]?.unit ?? "";
    return values.filter((column) => column !== null).length < 2 ? [] : [{ key, unit, values }];
  });
}

/** A channel of one at the places; null where nothing was measured. */
function columnOf(key: string, { streams, sport, seconds }: Compared): Column | null {
  const channel = streams.channels[key];
  if (!channel) return null;
  const column = key === "cadence_rpm" ? steps(channel.values, sportLook(sport).colour) : channel.values;
  const values = valuesAt(column, streams.time_s, seconds, emptyOf(streams));
  return values.some((value) => value !== null) ? values : null;
}

/** Says of samples whether nothing is known of them. */
const emptyOf = ({ channels }: Streams): ((i: number) => boolean) => emptyIn(columnsOf(channels));

/** Evenly spaced seconds (`places` + 1) from the start to the end of the longest. */
export function clockOf(all: readonly Streams[], places: number): number[] {
  const end = Math.max(...all.map(({ time_s }) => time_s.at(-1) ?? 0));
  return Array.from({ length: places + 1 }, (_, i) => (end * i) / places);
}

/** The seconds that an activity lasted, null after its end and during its pauses. */
export function during(seconds: readonly number[], { time_s }: Streams): (number | null)[] {
  const [first, last] = [time_s[0] ?? Infinity, time_s.at(-1) ?? -Infinity];
  return seconds.map((at) => {
    if (at < first || at > last) return null;
    const [before, after] = around(time_s, at);
    return before !== after && paused(time_s, before) ? null : at;
  });
}

/** The gap when the first had gone for so many seconds; null after its end and beside an unknown one. */
export function gapsDuring(gap: ActivityGap, seconds: readonly (number | null)[]): Column {
  return seconds.map((at) => {
    if (at === null) return null;
    const unknown = around(gap.time_s, at).some((place) => (gap.gap_s[place] ?? null) === null);
    return unknown ? null : (gap.gap_s[nearest(gap.time_s, at)] ?? null);
  });
}

/** The indices of the values before and after one in a rising column, twice the same where it is one of them. */
function around(rising: readonly number[], value: number): [number, number] {
  const near = nearest(rising, value);
  const beside = Math.min(rising.length - 1, Math.max(0, near + Math.sign(value - (rising[near] ?? value))));
  return near < beside ? [near, beside] : [beside, near];
}

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

/** What tells activities apart, in a few words: their names, else their days, else when they began. */
export function labelsOf<T extends Named>(
  all: readonly T[],
  titleOf: (activity: T) => string,
  dayOf: (local: string) => string,
): string[] {
  const ways = [titleOf, ({ start_local }: T) => dayOf(start_local), ({ start_local }: T) => beginOf(start_local)];
  for (const way of ways) {
    const labels = all.map(way);
    if (new Set(labels).size === labels.length) return labels;
  }
  return all.map((activity, i) => `${titleOf(activity)} ${i + 1}`);
}

const beginOf = (local: string): string => local.slice(0, 16).replace("T", " ");
