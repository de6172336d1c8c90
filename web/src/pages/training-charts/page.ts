import type { PageInfo } from "@/ui/layout/pageInfo";

export const PAGE: PageInfo = { routes: { "training/charts": async () => (await import("./Charts")).Charts } };
