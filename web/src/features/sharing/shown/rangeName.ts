import { day } from "@/lib/dates";
import type { Preferences } from "@/lib/preferences";

/** What a range of days is called. */
export const rangeName = (first: string, last: string, wish: Preferences): string =>
  `${day(first, wish, "plain")} – ${day(last, wish, "plain")}`;
