import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({ "found.gear_words": "bike shoes chain wear", "nav.gear": "Gear" });

export const PAGE: PageInfo = {
  routes: {
    gear: async () => (await import("./Gear")).Gear,
  },
  place: { to: routes.gear, icon: "gear", name: () => t("nav.gear"), words: () => t("found.gear_words"), order: 80 },
};
