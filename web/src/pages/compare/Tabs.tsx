import { NavLink } from "react-router";

import { useProposals } from "@/api/sources/compare";
import { routes } from "@/lib/routes";
import { decimal } from "@/lib/units";
import { many, t } from "./text";

const TAB =
  "touch inline-flex items-center gap-2 rounded-md px-3 py-1 text-sm text-ink-2 hover:text-ink " +
  "aria-[current=page]:bg-surface aria-[current=page]:font-medium aria-[current=page]:text-ink " +
  "aria-[current=page]:shadow-sm";

/** The comparison and the changes that come of it, side by side. */
export function Tabs({ at }: { at: "month" | "changes" }) {
  const waiting = useWaitingChanges();
  return (
    <nav aria-label={t("compare.tabs")} className="inline-flex rounded-lg bg-sunken p-0.5">
      <NavLink to={routes.compare()} aria-current={at === "month" ? "page" : undefined} className={TAB}>
        {t("compare.month_tab")}
      </NavLink>
      <NavLink to={routes.changes} aria-current={at === "changes" ? "page" : undefined} className={TAB}>
        {t("compare.changes_tab")}
        {waiting > 0 && (
          <>
            <span
              aria-hidden="true"
              className="rounded-full bg-accent px-1.5 text-xs leading-5 font-semibold text-accent-ink"
            >
              {decimal(waiting)}
            </span>
            <span className="sr-only">{many("changes.open", waiting, decimal(waiting))}</span>
          </>
        )}
      </NavLink>
    </nav>
  );
}

/** How many changes wait to be judged. */
export function useWaitingChanges(): number {
  return useProposals().data?.filter(({ state }) => state === "open").length ?? 0;
}
