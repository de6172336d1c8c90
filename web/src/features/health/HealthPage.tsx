import { useEffect, useRef, type ReactNode } from "react";
import { Link } from "react-router";

import { routes } from "@/lib/routes";
import { Page } from "@/ui/layout/Page";
import { t } from "./text";

type Tab = "overview" | "night" | "day" | "measures" | "trends" | "insights" | "weight" | "calendar" | "sources";

const TAB =
  "touch inline-flex items-center rounded-md px-3 py-1 text-sm whitespace-nowrap text-ink-2 hover:text-ink " +
  "aria-[current=page]:bg-surface aria-[current=page]:font-medium aria-[current=page]:text-ink " +
  "aria-[current=page]:shadow-sm";

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
  const tabs: [tab: Tab, name: string, to: string][] = [
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
  const bar = useRef<HTMLElement>(null);
  // On a phone there is no room for all of them, but the one that is shown is in sight.
  useEffect(() => {
    const here = bar.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (bar.current && here) bar.current.scrollLeft = here.offsetLeft + here.offsetWidth - bar.current.clientWidth;
  }, [at]);
  return (
    <Page title={title} actions={actions}>
      <nav ref={bar} aria-label={t("health.pages")} className="relative mb-4 max-w-full overflow-x-auto">
        <div className="inline-flex rounded-lg bg-sunken p-0.5">
          {tabs.map(([tab, name, to]) => (
            <Link key={tab} to={to} aria-current={tab === at ? "page" : undefined} className={TAB}>
              {name}
            </Link>
          ))}
        </div>
      </nav>
      {children}
    </Page>
  );
}
