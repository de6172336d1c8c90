import type { PageInfo } from "@/ui/layout/pageInfo";

export const PAGE: PageInfo = { routes: { "health/insights": async () => (await import("./Insights")).Insights } };
