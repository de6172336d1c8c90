import type { ReactNode } from "react";

import { useMayEdit } from "@/api/session";
import { routes } from "@/lib/routes";
import { Page } from "@/ui/layout/Page";
import { PageTabs, type PageTab } from "@/ui/layout/PageTabs";
import { t } from "./text";

type Tab = "plan" | "rules" | "workouts" | "routes" | "chat" | "prompts";

/** A page of the coach: its title, the way to the others, and its content. */
export function CoachPage({
  title,
  at,
  actions,
  children,
}: {
  title: string;
  at: Tab;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const mayEdit = useMayEdit();
  const tabs: PageTab[] = [
    ["plan", t("coach.tab_plan"), routes.coach],
    ["rules", t("coach.tab_rules"), routes.coachRules],
    ["workouts", t("coach.tab_workouts"), routes.workouts],
    ["routes", t("coach.tab_routes"), routes.plannedRoutes],
    // What an athlete asks a model is not for a coach.
    ...(mayEdit ? [["chat", t("coach.tab_chat"), routes.coachChat()] satisfies PageTab] : []),
    ["prompts", t("coach.tab_prompts"), routes.coachPrompts],
  ];
  return (
    <Page title={title} actions={actions}>
      <PageTabs label={t("coach.pages")} tabs={tabs} at={at} />
      {children}
    </Page>
  );
}
