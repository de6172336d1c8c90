import type { PageInfo } from "@/ui/layout/pageInfo";

export const PAGE: PageInfo = {
  routes: { "training/milestones": async () => (await import("./Milestones")).Milestones },
};
