import { routes } from "@/lib/routes";
import { t } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const PAGE: PageInfo = {
  routes: {
    training: async () => (await import("./Training")).Training,
  },
  place: {
    to: routes.training,
    match: ["/training", "/year"],
    icon: "training",
    name: () => t("nav.training"),
    order: 30,
  },
};
