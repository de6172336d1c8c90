import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({
  "found.sources_words": "connect sync garmin strava intervals fitbit google wahoo",
  "nav.sources": "Sources",
});

export const PAGE: PageInfo = {
  routes: {
    sources: async () => (await import("./Sources")).Sources,
    "sources/callback": async () => (await import("@/pages/sources/connect/Callback")).Callback,
    "sources/:id": async () => (await import("./Source")).SourcePage,
  },
  place: {
    to: routes.sources,
    icon: "sources",
    name: () => t("nav.sources"),
    words: () => t("found.sources_words"),
    order: 90,
    editor: true,
    group: "data",
  },
};
