import type { PageInfo } from "@/ui/layout/pageInfo";

export const PAGE: PageInfo = { routes: { "coach/plan/:plan": async () => (await import("./PlanPage")).PlanPage } };
