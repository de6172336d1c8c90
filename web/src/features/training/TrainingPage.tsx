import type { ReactNode } from "react";

import { routes } from "@/lib/routes";
import { Page } from "@/ui/layout/Page";
import { PageTabs, type PageTab } from "@/ui/layout/PageTabs";
import { t } from "./text";

type Tab = "overview" | "goals" | "milestones" | "history" | "charts";

/** A page of training: its title, the way to the others, and its content. */
export function TrainingPage({
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
  const tabs: PageTab[] = [
    ["overview", t("training.tab_overview"), routes.training],
    ["goals", t("training.tab_goals"), routes.goals],
    ["milestones", t("training.tab_milestones"), routes.milestones],
    ["history", t("training.tab_history"), routes.trainingHistory],
    ["charts", t("training.tab_charts"), routes.trainingCharts],
  ];
  return (
    <Page title={title} actions={actions}>
      <PageTabs label={t("training.pages")} tabs={tabs} at={at} />
      {children}
    </Page>
  );
}
