import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({ "found.records_words": "best personal record pr medal" });

export const PAGE: PageInfo = {
  routes: {
    records: async () => (await import("./Records")).Records,
  },
  place: {
    to: routes.records,
    icon: "records",
    name: () => t("nav.records"),
    words: () => t("found.records_words"),
    order: 40,
  },
};
