import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({ "found.training_words": "fitness fatigue form load curve zones" });

export const PAGE: PageInfo = {
  routes: {
    training: async () => (await import("./Training")).Training,
  },
  place: {
    to: routes.training,
    match: ["/training", "/year"],
    icon: "training",
    name: () => t("nav.training"),
    words: () => t("found.training_words"),
    order: 30,
  },
};
