import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({ "found.coach_words": "plan training plan race", "nav.coach": "Coach" });

export const PAGE: PageInfo = {
  routes: { coach: async () => (await import("./Coach")).Coach },
  place: {
    to: routes.coach,
    match: ["/coach"],
    icon: "target",
    name: () => t("nav.coach"),
    words: () => t("found.coach_words"),
    planner: true,
    order: 37,
  },
};
