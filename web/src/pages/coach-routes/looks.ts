import type { RouteSection } from "@/api/coach/plannedRoutes";
import { t } from "./text";

/** The colour of a section by what it is: names of custom properties. */
export const COLOURS: Record<RouteSection["kind"], string> = {
  climb: "--sport-run",
  up: "--sport-row",
  flat: "--sport-walk",
  down: "--sport-ride",
  unknown: "--sport-other",
};

/** The sport of pictures and units, by that of a route. */
export const LOOKS = { ride: "cycling", run: "running", hike: "hiking" } as const;

const SPORTS = { ride: "planned.ride", run: "planned.run", hike: "planned.hike" } as const;
export const sportWords = (sport: keyof typeof SPORTS): string => t(SPORTS[sport]);

export function kindWords({ kind, category }: Pick<RouteSection, "kind" | "category">): string {
  if (kind === "climb" && category !== null) return t("planned.climb_category", { category });
  return {
    climb: t("planned.climb"),
    up: t("planned.up"),
    flat: t("planned.flat"),
    down: t("planned.down"),
    unknown: t("planned.unknown"),
  }[kind];
}

/** The section that a place is in, by metres from the start. */
export function sectionAt(sections: RouteSection[], at: number): RouteSection | undefined {
  return sections.find(({ end_m }) => at < end_m) ?? sections.at(-1);
}
