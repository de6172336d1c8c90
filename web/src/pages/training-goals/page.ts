import type { PageInfo } from "@/ui/layout/pageInfo";

export const PAGE: PageInfo = { routes: { "training/goals": async () => (await import("./Goals")).Goals } };
