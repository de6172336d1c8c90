import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({
  "found.athletes": "switch coach family people",
  "nav.athletes": "Athletes",
});

export const PAGE: PageInfo = {
  routes: {
    athletes: async () => (await import("./Athletes")).Athletes,
  },
  place: {
    to: routes.athletes,
    icon: "people",
    name: () => t("nav.athletes"),
    words: () => t("found.athletes"),
    several: true,
    order: 125,
  },
};
