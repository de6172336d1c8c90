import { clock } from "./dates";
import type { Preferences } from "./preferences";
import { many, t } from "./text";

/** By hand, every so many hours, or at times as cron writes them. */
export interface Plan {
  mode: "hand" | "every" | "cron";
  hours: string;
  cron: string;
}

export const USUAL: Plan = { mode: "hand", hours: "6", cron: "30 5 * * *" };
const EVERY = /^every\s+(\d+)\s*(h|hours?|d|days?)$/i;
export const MOST_HOURS = 744;

/** Read a schedule as the server writes it; what it leaves open keeps the usual. */
export function planOf(schedule: string | null, usual: Plan = USUAL): Plan {
  if (schedule === null) return { ...usual, mode: "hand" };
  const [, count, unit = ""] = EVERY.exec(schedule) ?? [];
  if (count === undefined) return { ...usual, mode: "cron", cron: schedule };
  return { ...usual, mode: "every", hours: String(Number(count) * (/^d/i.test(unit) ? 24 : 1)) };
}

/** Write a plan as the server reads it; null is by hand, undefined where it can not be. */
export function scheduleOf({ mode, hours, cron }: Plan): string | null | undefined {
  if (mode === "hand") return null;
  if (mode === "cron") return cron.trim().replaceAll(/\s+/g, " ") || undefined;
  const count = Number(hours);
  return Number.isInteger(count) && count >= 1 && count <= MOST_HOURS ? `every ${count}h` : undefined;
}

/** Say a schedule as one would say it; what has no short words is shown as it is written. */
export function scheduleWords(schedule: string | null, wish: Preferences): string {
  const { mode, hours } = planOf(schedule);
  if (schedule === null || mode === "hand") return t("schedule.hand");
  if (mode === "every") return many("schedule.spoken_every", Number(hours));
  const [minute = "", hour = "", ...rest] = schedule.split(" ");
  if (rest.join(" ") !== "* * *" || !/^\d+$/.test(minute)) return schedule;
  const step = /^\*\/(\d+)$/.exec(hour)?.[1];
  if (step !== undefined && 24 % Number(step) === 0) return many("schedule.spoken_every", Number(step));
  if (!/^\d+$/.test(hour)) return hour === "*" ? many("schedule.spoken_every", 1) : schedule;
  const time = `1970-01-01T${hour.padStart(2, "0")}:${minute.padStart(2, "0")}:00`;
  return t("schedule.spoken_daily", { time: clock(time, wish) });
}
