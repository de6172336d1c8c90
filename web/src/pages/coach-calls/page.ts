import type { PageInfo } from "@/ui/layout/pageInfo";

export const PAGE: PageInfo = { routes: { "coach/calls": async () => (await import("./CallsPage")).CallsPage } };
