import { shifted, wall, weekStart } from "@/lib/dates";
import type { Preferences } from "@/lib/preferences";
import type { Plain } from "@/lib/text";

/** How far a source is with a month; nothing of it was asked for, or it is one of the server's states. */
export type Standing = "queued" | "running" | "done" | "failed" | "none";

/** How a standing is shown: by its icon and word, and by a colour besides. */
export const ACCESS: Record<Standing, { icon: string; name: Plain; tone: string }> = {
  queued: { icon: "clock", name: "calendar.queued", tone: "text-warn" },
  running: { icon: "sync", name: "calendar.running", tone: "text-accent" },
  done: { icon: "check", name: "calendar.done", tone: "text-accent" },
  failed: { icon: "alert", name: "calendar.failed", tone: "text-danger" },
  none: { icon: "minus", name: "calendar.not_asked", tone: "text-ink-3" },
};

const WEEK = 7;
const MONTH = /^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/;

/** Whether a text names a month, as `2026-11`. */
export const isMonth = (text: string): boolean => MONTH.test(text);

/** The month so many months after `month`. */
export function stepped(month: string, count: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7);
}

/** The months from `from` to `to`, the newest first. */
export function monthsDown(from: string, to: string): string[] {
  const found: string[] = [];
  for (let month = to; month >= from; month = stepped(month, -1)) found.push(month);
  return found;
}

/** The weeks that hold days of a month, whole, each as its seven days. */
export function weeksOf(month: string, first: Preferences["week_start"]): string[][] {
  const after = `${stepped(month, 1)}-01`;
  const weeks: string[][] = [];
  for (let day = weekStart(`${month}-01`, first); day < after; day = shifted(day, WEEK)) {
    weeks.push(Array.from({ length: WEEK }, (_, i) => shifted(day, i)));
  }
  return weeks;
}

/** The same day of the month so many months on, or its last where it has no such day. */
export function dayInMonth(date: string, count: number): string {
  const month = stepped(date.slice(0, 7), count);
  const last = wall(shifted(`${stepped(month, 1)}-01`, -1)).getUTCDate();
  return `${month}-${String(Math.min(last, Number(date.slice(8)))).padStart(2, "0")}`;
}

/** The day that a key leads to from a day; null where it is none of ours. */
export function keyDay(key: string, date: string, first: Preferences["week_start"]): string | null {
  switch (key) {
    case "ArrowLeft":
      return shifted(date, -1);
    case "ArrowRight":
      return shifted(date, 1);
    case "ArrowUp":
      return shifted(date, -WEEK);
    case "ArrowDown":
      return shifted(date, WEEK);
    case "Home":
      return weekStart(date, first);
    case "End":
      return shifted(weekStart(date, first), WEEK - 1);
    case "PageUp":
      return dayInMonth(date, -1);
    case "PageDown":
      return dayInMonth(date, 1);
    default:
      return null;
  }
}

interface Done {
  moving_s: number | null;
  elapsed_s: number | null;
  distance_m: number | null;
}

/** What activities come to: how many, how long, how far. */
export function sumOf(items: readonly Done[]): { count: number; seconds: number; metres: number } {
  return {
    count: items.length,
    seconds: items.reduce((sum, one) => sum + (one.moving_s ?? one.elapsed_s ?? 0), 0),
    metres: items.reduce((sum, one) => sum + (one.distance_m ?? 0), 0),
  };
}
