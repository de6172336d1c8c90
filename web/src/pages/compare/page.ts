import { routes } from "@/lib/routes";
import { t } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

const compare = async () => (await import("./Compare")).Compare;

export const PAGE: PageInfo = {
  routes: {
    compare: compare,
    "compare/:month": compare,
    changes: async () => (await import("./Changes")).Changes,
  },
  place: {
    to: routes.compare(),
    match: ["/compare", "/changes"],
    icon: "compare",
    name: () => t("nav.compare"),
    order: 110,
    editor: true,
  },
};
