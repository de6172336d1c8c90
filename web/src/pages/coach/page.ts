import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({ "nav.coach": "Coach" });

export const PAGE: PageInfo = {
  routes: { coach: async () => (await import("./Coach")).Coach },
  place: { to: routes.coach, match: ["/coach"], icon: "target", name: () => t("nav.coach"), order: 37 },
};
