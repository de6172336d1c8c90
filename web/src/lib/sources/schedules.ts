import { clock } from "@/lib/dates";
import type { Preferences } from "@/lib/preferences";
import { many, t } from "@/lib/text";

/** By hand, every so many hours or minutes, or at times as cron writes them. */
export interface Plan {
  mode: "hand" | "every" | "cron";
  count: string;
  unit: "h" | "m";
  cron: string;
}

export const USUAL: Plan = { mode: "hand", count: "6", unit: "h", cron: "30 5 * * *" };
const EVERY = /^every\s+(\d+)\s*(m|min|minutes?|h|hours?|d|days?)$/i;
const MINUTE_MS = 60_000;
const MOST = { h: 744, m: 744 * 60 };

/** The bounds of the number before a unit, for a source that may be asked at most once in `leastMs`. */
export function bounds(unit: Plan["unit"], leastMs: number): [least: number, most: number] {
  return [Math.max(1, Math.ceil(leastMs / MINUTE_MS / (unit === "h" ? 60 : 1))), MOST[unit]];
}

/** Read a schedule as the server writes it; what it leaves open keeps the usual. */
export function planOf(schedule: string | null, usual: Plan = USUAL): Plan {
  if (schedule === null) return { ...usual, mode: "hand" };
  const [, count, unit = ""] = EVERY.exec(schedule) ?? [];
  if (count === undefined) return { ...usual, mode: "cron", cron: schedule };
  return {
    ...usual,
    mode: "every",
    unit: /^m/i.test(unit) ? "m" : "h",
    count: String(Number(count) * (/^d/i.test(unit) ? 24 : 1)),
  };
}

/** Write a plan as the server reads it; null is by hand, undefined where it can not be. */
export function scheduleOf({ mode, count, unit, cron }: Plan, leastMs: number): string | null | undefined {
  if (mode === "hand") return null;
  if (mode === "cron") return cron.trim().replaceAll(/\s+/g, " ") || undefined;
  const number = Number(count);
  const [least, most] = bounds(unit, leastMs);
  return Number.isInteger(number) && number >= least && number <= most ? `every ${number}${unit}` : undefined;
}

/** Say a schedule as one would say it; what has no short words is shown as it is written. */
export function scheduleWords(schedule: string | null, wish: Preferences): string {
  const { mode, count, unit } = planOf(schedule);
  if (schedule === null || mode === "hand") return t("schedule.hand");
  if (mode === "every") return many(unit === "m" ? "schedule.spoken_minutes" : "schedule.spoken_every", Number(count));
  const [minute = "", hour = "", ...rest] = schedule.split(" ");
  if (rest.join(" ") !== "* * *" || !/^\d+$/.test(minute)) return schedule;
  const step = /^\*\/(\d+)$/.exec(hour)?.[1];
  if (step !== undefined && 24 % Number(step) === 0) return many("schedule.spoken_every", Number(step));
  if (!/^\d+$/.test(hour)) return hour === "*" ? many("schedule.spoken_every", 1) : schedule;
  const time = `1970-01-01T${hour.padStart(2, "0")}:${minute.padStart(2, "0")}:00`;
  return t("schedule.spoken_daily", { time: clock(time, wish) });
}
