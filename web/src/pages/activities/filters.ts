import { useMemo } from "react";
import { useSearchParams } from "react-router";

import type { Filters } from "@/api/activities/activities";
import { shifted, today, weekStart } from "@/lib/dates";
import type { Preferences } from "@/lib/preferences";

const KEYS = ["sport", "gear", "from", "to", "text", "sort", "hidden", "deleted"] as const;
export const NEWEST = "-start";

/** The filters as the address has them, and how to change some of them. */
export function useFilters(): [Filters, (changed: Filters) => void] {
  const [parameters, setParameters] = useSearchParams();
  const filters = useMemo(() => {
    const read: Filters = {};
    for (const key of KEYS) {
      const value = parameters.get(key);
      if (value) read[key] = value;
    }
    return read;
  }, [parameters]);
  const change = (changed: Filters): void => {
    const next = new URLSearchParams();
    for (const [key, value] of Object.entries({ ...filters, ...changed })) if (value) next.set(key, value);
    setParameters(next, { replace: true, preventScrollReset: true });
  };
  return [filters, change];
}

export interface Period {
  from: string;
  to: string;
}

/** The periods one reaches with one choice, by name. */
export function periods(wish: Preferences): Record<"week" | "month" | "quarter", Period> {
  const now = today(wish.zone);
  return {
    week: { from: weekStart(now, wish.week_start), to: now },
    month: { from: `${now.slice(0, 7)}-01`, to: now },
    quarter: { from: shifted(now, -89), to: now },
  };
}

export function yearPeriod(year: number): Period {
  return { from: `${year}-01-01`, to: `${year}-12-31` };
}
