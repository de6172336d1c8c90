import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

const day = async () => (await import("./Day")).Day;

export const { own, t } = texts({
  "found.health_day": "Day in detail",
  "found.health_day_words": "stress steps heart rate body battery",
});

export const PAGE: PageInfo = {
  walks: true,
  routes: { "health/day": day, "health/day/:day": day },
  found: [
    {
      to: routes.healthDay(),
      icon: "sun",
      name: () => t("found.health_day"),
      words: () => t("found.health_day_words"),
    },
  ],
};
