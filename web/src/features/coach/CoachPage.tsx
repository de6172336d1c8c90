import type { ReactNode } from "react";
import { Link } from "react-router";

import { routes } from "@/lib/routes";
import { Page } from "@/ui/layout/Page";
import { t } from "./text";

type Tab = "plan" | "rules" | "workouts";

const TAB =
  "touch inline-flex items-center rounded-md px-3 py-1 text-sm whitespace-nowrap text-ink-2 hover:text-ink " +
  "aria-[current=page]:bg-surface aria-[current=page]:font-medium aria-[current=page]:text-ink " +
  "aria-[current=page]:shadow-sm";

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
  const tabs: [tab: Tab, name: string, to: string][] = [
    ["plan", t("coach.tab_plan"), routes.coach],
    ["rules", t("coach.tab_rules"), routes.coachRules],
    ["workouts", t("coach.tab_workouts"), routes.workouts],
  ];
  return (
    <Page title={title} actions={actions}>
      <nav aria-label={t("coach.pages")} className="mb-4 max-w-full overflow-x-auto">
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
