import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

const compare = async () => (await import("./Compare")).Compare;

export const { own, t } = texts({
  "found.changes": "Changes at sources",
  "found.changes_words": "approve proposals write back",
});

export const PAGE: PageInfo = {
  walks: true,
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
    group: "data",
  },
  found: [
    {
      to: routes.changes,
      icon: "compare",
      name: () => t("found.changes"),
      words: () => t("found.changes_words"),
      editor: true,
    },
  ],
};
