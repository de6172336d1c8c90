import { kindName, sportName } from "@/lib/activity/sports";
import type { Preferences } from "@/lib/preferences";
import { t } from "@/lib/text";
import { NOTHING, told } from "@/lib/units";

/** A month before or after one: `2026-11` and -1 is `2026-10`. */
export function monthBy(month: string, by: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const count = year * 12 + number - 1 + by;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}`;
}

/** Whether an address names a month that can be asked for. */
export const isMonth = (text: string | undefined): text is string =>
  /^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/.test(text ?? "");

interface Said {
  here: string | number | null;
  there: string | number | null;
  same: boolean;
}

interface Cell {
  state: "ok" | "differs" | "missing" | "deleted" | "unknown";
  fetchable: boolean;
  fields: Record<string, Said>;
}

/** What is said of a field, in words. */
export function saidWords(field: string, value: unknown, wish: Preferences, sport?: string): string {
  if (value === null || value === undefined || value === "") return t("compare.nothing");
  if (field === "distance_m" && typeof value === "number") return told("distance", value, wish, sport);
  if (field === "sport" && typeof value === "string") {
    const [name = "", kind = null] = value.split("/");
    return [sportName(name), kindName(kind)].filter(Boolean).join(", ");
  }
  return typeof value === "string" || typeof value === "number" ? String(value) : NOTHING;
}

/** The fields of a cell that differ. */
export const differing = ({ fields }: Cell): [string, Said][] => Object.entries(fields).filter(([, { same }]) => !same);

interface Column {
  writes: readonly string[];
  takes_files: boolean;
}

/**
 * What could be proposed for a cell: fields and links that the source accepts and that are known here,
 * the whole activity, or its recording from there.
 * What was deleted there is brought there again only where that is asked for.
 */
export function proposable(
  cell: Cell,
  { writes, takes_files }: Column,
  formats: readonly string[],
  again = false,
): string[] {
  if (cell.state === "missing" || (again && cell.state === "deleted"))
    return writes.includes("upload") && (!takes_files || formats.some((one) => UPLOADABLE.has(one))) ? ["upload"] : [];
  const fields = differing(cell)
    .filter(([field, { here }]) => writes.includes(field.startsWith(LINK) ? "link" : field) && here !== null)
    .map(([field]) => field);
  return cell.fetchable ? ["file", ...fields] : fields;
}

/** The key of an activity at another source, which a list may hold: `link_garmin`. */
const LINK = "link_";

const UPLOADABLE = new Set(["fit", "tcx", "gpx"]);

/** The fields that may be set here to what a source says. */
const SETTABLE = new Set(["name", "description", "sport"]);

/** What a source says may be set here where we may keep it for good. */
export const adoptable = (cell: Cell, { keeps }: { keeps: boolean }): [string, Said][] =>
  !keeps ? [] : differing(cell).filter(([field, { there }]) => SETTABLE.has(field) && there !== null);

/** What to set here so that a field says what is said there; a sport brings its kind. */
export function adopted(field: string, there: string | number | null): Record<string, string | null> {
  if (field !== "sport") return { [field]: there === null ? null : String(there) };
  const [sport = "", kind] = String(there).split("/");
  return { sport, sub_sport: kind ?? null };
}
