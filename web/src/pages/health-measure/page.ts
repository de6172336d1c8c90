import type { PageInfo } from "@/ui/layout/pageInfo";

export const PAGE: PageInfo = {
  routes: {
    "health/measure": async () => (await import("./Measures")).Measures,
    "health/measure/:key": async () => (await import("./Measure")).Measure,
  },
};
