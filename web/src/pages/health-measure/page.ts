import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({
  "found.measures": "Measures of health",
  "found.measures_words": "hrv resting heart rate spo2 breathing steps",
});

export const PAGE: PageInfo = {
  routes: {
    "health/measure": async () => (await import("./Measures")).Measures,
    "health/measure/:key": async () => (await import("./Measure")).Measure,
  },
  found: [
    { to: routes.measures, icon: "health", name: () => t("found.measures"), words: () => t("found.measures_words") },
  ],
};
