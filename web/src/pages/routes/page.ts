import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({ "nav.routes": "Routes" });

export const PAGE: PageInfo = {
  routes: {
    routes: async () => (await import("./Courses")).Courses,
    "routes/:id": async () => (await import("./Course")).CoursePage,
  },
  place: { to: routes.routes, icon: "route", name: () => t("nav.routes"), order: 60, group: "map" },
};
