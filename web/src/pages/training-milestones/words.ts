import type { Milestone, MilestoneAhead } from "@/api/training/history";
import { humanise } from "@/lib/activity/sports";
import { familyName } from "@/lib/charts/frames";
import type { Preferences } from "@/lib/preferences";
import { decimal, span, told } from "@/lib/units";
import { many, t } from "./text";

type Named = Pick<Milestone, "kind" | "value" | "unit" | "sport" | "year">;

/** The height of Everest in m, of which ascent is counted. */
const EVEREST = 8848.86;

/** A milestone in words: `First 100 km: Ride`. */
export function milestoneName(one: Named, wish: Preferences): string {
  const sport = one.sport === null ? "" : familyName(one.sport);
  const amount = amountOf(one, wish);
  const count = decimal(one.value);
  const any = one.sport === null;
  switch (one.kind) {
    case "activities":
      if (one.value === 1) return any ? t("milestones.first_any") : t("milestones.first", { sport });
      return any ? t("milestones.activities_any", { count }) : t("milestones.activities", { count, sport });
    case "distance":
      return any ? t("milestones.distance_any", { amount }) : t("milestones.distance", { amount, sport });
    case "year_distance": {
      const year = String(one.year);
      return any ? t("milestones.year_any", { amount, year }) : t("milestones.year", { amount, year, sport });
    }
    case "longest":
      return t("milestones.longest", { amount, sport });
    case "highest_climb":
      return t("milestones.climb", { amount, sport });
    case "everests":
      return many("milestones.everests", Math.round(one.value / EVEREST));
    case "time":
      return t("milestones.time", { amount });
    case "streak":
      return t("milestones.streak", { count });
    default:
      return t("milestones.other", { kind: humanise(one.kind), amount });
  }
}

/** How much is to go until a milestone. */
export function leftOf(one: MilestoneAhead, wish: Preferences): string {
  return t("milestones.to_go", { amount: amountOf({ unit: one.unit, value: one.value - one.done }, wish) });
}

/** A value in the athlete's units; distances of less than 50 km with their decimals. */
export function amountOf({ unit, value }: Pick<Named, "unit" | "value">, wish: Preferences): string {
  switch (unit) {
    case "m": {
      const digits = value % 1000 === 0 && wish.units === "metric" ? 0 : value < 50_000 || value % 1000 !== 0 ? 1 : 0;
      return told("distance", value, wish, undefined, digits);
    }
    case "m_up":
      return told("elevation", value, wish);
    case "s":
      return value % 3600 === 0 ? `${decimal(value / 3600)} h` : span(value);
    default:
      return decimal(value);
  }
}
