import { shifted, today } from "@/lib/dates";

/** The choices of this page, as the address has them; empty is the usual. */
export const USUAL = {
  range: "quarter", from: "", to: "", sport: "", kind: "time", by: "week", zones: "heart_rate", zonesBy: "week",
  curve: "", curveSport: "", other: "none",
};
export type Choices = typeof USUAL;

export interface Days {
  from?: string;
  to?: string;
}

/** The days a page looks at; open where all of them are meant. */
export function daysOf({ range, from, to }: Pick<Choices, "range" | "from" | "to">, zone: string | null, now = today(zone)): Days {
  switch (range) {
    case "all":
      return {};
    case "custom":
      return { ...(from && { from }), ...(to && { to }) };
    case "year":
      return { from: shifted(now, -364), to: now };
    default:
      return { from: shifted(now, -89), to: now };
  }
}

/** The second stretch of days that a curve is compared with; null where it is compared with nothing. */
export function otherDays(other: string, { from, to }: Days, now: string): Days | null {
  const last = to ?? now;
  switch (other) {
    case "all":
      return { to: now };
    case "before": {
      if (from === undefined) return null;
      const length = Math.round((Date.parse(last) - Date.parse(from)) / 86_400_000) + 1;
      return { from: shifted(from, -length), to: shifted(from, -1) };
    }
    case "year":
      return from === undefined ? null : { from: shifted(from, -365), to: shifted(last, -365) };
    default:
      return null;
  }
}
