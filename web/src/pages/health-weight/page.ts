import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({ "found.weight": "Weight", "found.weight_words": "body fat scale kg" });

export const PAGE: PageInfo = {
  routes: { "health/weight": async () => (await import("./Weight")).Weight },
  found: [{ to: routes.weight, icon: "health", name: () => t("found.weight"), words: () => t("found.weight_words") }],
};
