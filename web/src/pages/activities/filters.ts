import { useMemo } from "react";

import { FILTER_KEYS, type FilterKey, type Filters } from "@/api/activities/activities";
import { shifted, today, weekStart } from "@/lib/dates";
import type { Preferences } from "@/lib/preferences";
import { useAddressQuery } from "@/ui/hooks/address";

export const NEWEST = "-start";

/** The filters as the address has them, and how to change some of them. */
export function useFilters(): [Filters, (changed: Filters) => void] {
  const [parameters, edit] = useAddressQuery();
  const filters = useMemo(() => {
    const read: Filters = {};
    for (const key of FILTER_KEYS) {
      const value = parameters.get(key);
      if (value) read[key] = value;
    }
    return read;
  }, [parameters]);
  const change = (changed: Filters): void => {
    edit((next) => {
      for (const [key, value] of Object.entries(changed)) {
        if (value) next.set(key, value);
        else next.delete(key);
      }
    });
  };
  return [filters, change];
}

/** The filters as a query of an address, without the order. */
export function queryText(filters: Filters): string {
  const query = new URLSearchParams();
  for (const key of FILTER_KEYS) if (key !== "sort" && filters[key]) query.set(key, filters[key]);
  return query.toString();
}

/** The filters that a query of an address holds, all others off. */
export function filtersIn(query: string): Filters {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries(FILTER_KEYS.flatMap((key) => (key === "sort" ? [] : [[key, parameters.get(key) ?? ""]])));
}

/** Every filter off; the order stays. */
export const NO_FILTERS: Filters = filtersIn("");

/** The filters that are on. */
export const onIn = (filters: Filters): FilterKey[] =>
  FILTER_KEYS.filter((key) => key !== "sort" && filters[key] !== undefined);

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
