import type { ReactNode } from "react";

import { routes } from "@/lib/routes";
import { Page } from "@/ui/layout/Page";
import { PageTabs, type PageTab } from "@/ui/layout/PageTabs";
import { t } from "./text";

type Tab = "overview" | "night" | "day" | "measures" | "trends" | "insights" | "weight" | "calendar" | "sources";

/** A page of health: its title, the way to the others, and its content; those of one day keep the day. */
export function HealthPage({
  title,
  at,
  day = "",
  actions,
  children,
}: {
  title: string;
  at: Tab;
  /** The day that is shown; empty for today. */
  day?: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const tabs: PageTab[] = [
    ["overview", t("health.tab_overview"), routes.health(day)],
    ["night", t("health.tab_night"), routes.night(day)],
    ["day", t("health.tab_day"), routes.healthDay(day)],
    ["measures", t("health.tab_measures"), routes.measures],
    ["trends", t("health.tab_trends"), routes.trends()],
    ["insights", t("health.tab_insights"), routes.insights],
    ["weight", t("health.tab_weight"), routes.weight],
    ["calendar", t("health.tab_calendar"), routes.healthCalendar()],
    ["sources", t("health.tab_sources"), routes.healthSources()],
  ];
  return (
    <Page title={title} actions={actions}>
      <PageTabs label={t("health.pages")} tabs={tabs} at={at} />
      {children}
    </Page>
  );
}
