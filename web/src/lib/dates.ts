import { locale } from "@/lib/language";
import type { Preferences } from "./preferences";

const formats = new Map<string, Intl.DateTimeFormat>();

function intl(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options);
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, options);
    formats.set(key, format);
  }
  return format;
}

/** Read a local time as it stands on the athlete's wall: the parts are kept, the browser's zone plays no part. */
export function wall(local: string): Date {
  return new Date(`${local.slice(0, 19).replace(" ", "T")}${local.length > 10 ? "Z" : "T00:00:00Z"}`);
}

/** The day on the wall: `Fri, 20 Nov 2026` in the manner of the language (short: `Fri, 20 Nov`), or `2026-11-20`. */
export function day(local: string, wish: Preferences, form: "full" | "short" | "plain" = "full"): string {
  if (wish.date_format === "iso") return local.slice(0, 10);
  return intl({
    day: "numeric",
    month: "short",
    timeZone: "UTC",
    ...(form !== "plain" && { weekday: "short" }),
    ...(form !== "short" && { year: "numeric" }),
  }).format(wall(local));
}

/** The time on the wall: `07:30` or `7:30 AM`. */
export function clock(local: string, wish: Preferences): string {
  const hour12 = wish.time_format === "12";
  return intl({ hour: hour12 ? "numeric" : "2-digit", minute: "2-digit", hour12, timeZone: "UTC" }).format(wall(local));
}

/** `November 2026` of `2026-11`. */
export function month(key: string): string {
  return intl({ month: "long", year: "numeric", timeZone: "UTC" }).format(wall(`${key}-01`));
}

/** `Nov` of a day in it. */
export function monthShort(date: string): string {
  return intl({ month: "short", timeZone: "UTC" }).format(wall(date));
}

/** `Nov 2026` of `2026-11`. */
export function monthBrief(key: string): string {
  return intl({ month: "short", year: "numeric", timeZone: "UTC" }).format(wall(`${key}-01`));
}

/** The name of a month by its number, 1 for January. */
export function monthName(number: number): string {
  return intl({ month: "long", timeZone: "UTC" }).format(wall(`2026-${String(number).padStart(2, "0")}-01`));
}

/** The weekday of a day: `Mon`, or `Monday`. */
export function weekday(date: string, form: "short" | "long" = "short"): string {
  return intl({ weekday: form, timeZone: "UTC" }).format(wall(date));
}

/** An instant (ISO, or UTC ms) in the athlete's zone, or the browser's: `20 Nov 2026, 07:30`. */
export function instant(at: string | number, wish: Preferences): string {
  const local = localOf(at, wish);
  return `${day(local, wish, "plain")}, ${clock(local, wish)}`;
}

/** The same in fewer words: the time alone where it is today, else with the weekday (`Fri, 20 Nov, 07:30`). */
export function soon(at: number, wish: Preferences, now = new Date()): string {
  const local = localOf(at, wish);
  const time = clock(local, wish);
  return local.slice(0, 10) === today(wish.zone, now) ? time : `${day(local, wish, "short")}, ${time}`;
}

function localOf(at: string | number, wish: Preferences): string {
  const parts = intl({
    timeZone: wish.zone ?? undefined,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).formatToParts(new Date(at));
  const part = (type: string): string => parts.find((p) => p.type === type)?.value ?? "00";
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}:${part("second")}`;
}

/** Today on the wall of the athlete's zone, as `2026-11-20`. */
export function today(zone: string | null, now = new Date()): string {
  const options: Intl.DateTimeFormatOptions = { year: "numeric", month: "2-digit", day: "2-digit" };
  const parts = new Intl.DateTimeFormat("en-CA", { ...options, timeZone: zone ?? undefined }).formatToParts(now);
  const part = (type: string): string => parts.find((p) => p.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** `date` moved by whole days. */
export function shifted(date: string, days: number): string {
  return new Date(wall(date).getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

/** The first day of the week that holds `date`. */
export function weekStart(date: string, first: Preferences["week_start"]): string {
  const index = wall(date).getUTCDay();
  return shifted(date, -(first === "monday" ? (index + 6) % 7 : index));
}
