import type { PageInfo } from "@/ui/layout/pageInfo";

export const PAGE: PageInfo = {
  routes: {
    "coach/routes": async () => (await import("./PlannedRoutes")).PlannedRoutes,
    "coach/routes/:id": async () => (await import("./PlannedRoute")).PlannedRoutePage,
  },
};
