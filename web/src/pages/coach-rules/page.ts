import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({ "found.rules": "Rules of the coach" });

export const PAGE: PageInfo = {
  routes: { "coach/rules": async () => (await import("./RulesPage")).RulesPage },
  found: [{ to: routes.coachRules, icon: "target", name: () => t("found.rules") }],
};
