import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({ "nav.today": "Today" });

export const PAGE: PageInfo = {
  routes: { "/": async () => (await import("./Start")).Start },
  place: { to: routes.today, icon: "sun", name: () => t("nav.today"), order: 5 },
};
