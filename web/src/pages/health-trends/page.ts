import type { PageInfo } from "@/ui/layout/pageInfo";

export const PAGE: PageInfo = { routes: { "health/trends": async () => (await import("./Trends")).Trends } };
