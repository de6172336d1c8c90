import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({ "found.map_words": "heat map tiles explorer" });

export const PAGE: PageInfo = {
  routes: {
    map: async () => (await import("./Explore")).Explore,
  },
  place: {
    to: routes.map,
    icon: "map",
    name: () => t("nav.map"),
    words: () => t("found.map_words"),
    order: 50,
    group: "map",
  },
};
