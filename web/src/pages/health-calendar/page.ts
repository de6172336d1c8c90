import type { PageInfo } from "@/ui/layout/pageInfo";

export const PAGE: PageInfo = {
  routes: { "health/calendar": async () => (await import("./HeatCalendar")).HeatCalendar },
};
