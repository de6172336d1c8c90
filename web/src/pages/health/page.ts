import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({ "found.health_words": "sleep hrv wellness recovery", "nav.health": "Health" });

export const PAGE: PageInfo = {
  routes: { "health/overview": async () => (await import("./Overview")).Overview },
  place: {
    to: routes.health(),
    match: ["/health"],
    icon: "health",
    name: () => t("nav.health"),
    words: () => t("found.health_words"),
    sees: "health",
    order: 35,
  },
};
