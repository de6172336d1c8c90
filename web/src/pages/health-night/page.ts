import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

const night = async () => (await import("./Night")).Night;

export const { own, t } = texts({ "found.night": "Last night", "found.night_words": "sleep stages hypnogram" });

export const PAGE: PageInfo = {
  walks: true,
  routes: { "health/night": night, "health/night/:day": night },
  found: [{ to: routes.night(), icon: "moon", name: () => t("found.night"), words: () => t("found.night_words") }],
};
