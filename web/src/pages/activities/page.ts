import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({ "nav.activities": "Activities" });

export const PAGE: PageInfo = {
  routes: {
    activities: async () => (await import("./Activities")).Activities,
  },
  place: { to: routes.activities, icon: "activities", name: () => t("nav.activities"), order: 10 },
};
