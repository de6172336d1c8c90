import { routes } from "@/lib/routes";
import { t } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const PAGE: PageInfo = {
  routes: {
    map: async () => (await import("./Explore")).Explore,
  },
  place: { to: routes.map, icon: "map", name: () => t("nav.map"), order: 70 },
};
