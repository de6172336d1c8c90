import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({ "found.import_words": "upload files fit gpx tcx zip", "nav.import": "Import" });

export const PAGE: PageInfo = {
  routes: {
    import: async () => (await import("./Import")).Import,
  },
  place: {
    to: routes.import,
    icon: "import",
    name: () => t("nav.import"),
    words: () => t("found.import_words"),
    order: 95,
    editor: true,
    group: "data",
  },
};
