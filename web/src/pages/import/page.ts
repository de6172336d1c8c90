import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({ "nav.import": "Import" });

export const PAGE: PageInfo = {
  routes: {
    import: async () => (await import("./Import")).Import,
  },
  place: { to: routes.import, icon: "import", name: () => t("nav.import"), order: 120, editor: true },
};
