import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({ "nav.settings": "Settings" });

export const PAGE: PageInfo = {
  routes: {
    "settings/:section": async () => (await import("./Settings")).Settings,
  },
  place: { to: routes.settings(), match: ["/settings"], icon: "settings", name: () => t("nav.settings"), order: 130 },
};
