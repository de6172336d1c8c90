import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({ "nav.coach_rules": "Training rules" });

export const PAGE: PageInfo = {
  routes: { "coach/rules": async () => (await import("./RulesPage")).RulesPage },
  place: { to: routes.coachRules, icon: "flag", name: () => t("nav.coach_rules"), order: 37, editor: true },
};
