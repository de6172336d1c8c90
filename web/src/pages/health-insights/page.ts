import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({ "found.insights": "Insights", "found.insights_words": "questions correlation" });

export const PAGE: PageInfo = {
  routes: { "health/insights": async () => (await import("./Insights")).Insights },
  found: [
    { to: routes.insights, icon: "question", name: () => t("found.insights"), words: () => t("found.insights_words") },
  ],
};
