import { routes } from "@/lib/routes";
import { t } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const PAGE: PageInfo = {
  routes: {
    records: async () => (await import("./Records")).Records,
  },
  place: { to: routes.records, icon: "records", name: () => t("nav.records"), order: 40 },
};
