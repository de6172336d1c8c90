import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({
  "found.trends": "Two measures together",
  "found.trends_words": "trends compare health",
});

export const PAGE: PageInfo = {
  routes: { "health/trends": async () => (await import("./Trends")).Trends },
  found: [
    { to: routes.trends(), icon: "training", name: () => t("found.trends"), words: () => t("found.trends_words") },
  ],
};
