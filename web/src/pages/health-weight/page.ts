import type { PageInfo } from "@/ui/layout/pageInfo";

export const PAGE: PageInfo = { routes: { "health/weight": async () => (await import("./Weight")).Weight } };
