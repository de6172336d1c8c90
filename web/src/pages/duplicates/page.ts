import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({ "found.duplicates_words": "review merge questions", "nav.duplicates": "Duplicates" });

export const PAGE: PageInfo = {
  routes: {
    duplicates: async () => (await import("./Duplicates")).Duplicates,
  },
  place: {
    to: routes.duplicates,
    icon: "review",
    name: () => t("nav.duplicates"),
    words: () => t("found.duplicates_words"),
    order: 100,
    editor: true,
    group: "data",
  },
};
