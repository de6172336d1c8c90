import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({
  "found.planned_routes": "Planned routes",
  "found.planned_routes_words": "course gpx navigation",
});

export const PAGE: PageInfo = {
  routes: {
    "coach/routes": async () => (await import("./PlannedRoutes")).PlannedRoutes,
    "coach/routes/:id": async () => (await import("./PlannedRoute")).PlannedRoutePage,
  },
  found: [
    {
      to: routes.plannedRoutes,
      icon: "route",
      name: () => t("found.planned_routes"),
      words: () => t("found.planned_routes_words"),
    },
  ],
};
