import type { PageInfo } from "@/ui/layout/pageInfo";

export const PAGE: PageInfo = {
  routes: { "health/sources": async () => (await import("./HealthSources")).HealthSources },
};
