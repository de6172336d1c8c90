import { matchPath } from "react-router";

import type { Destination, PageInfo, Place } from "@/ui/layout/pageInfo";

const FOUND = import.meta.glob<{ PAGE: PageInfo }>("/src/pages/*/page.ts", { eager: true });

/** Every page there is. */
export const PAGES: PageInfo[] = Object.values(FOUND).map(({ PAGE }) => PAGE);

/** The places of the sidebar, in order. */
export const PLACES: Place[] = PAGES.flatMap(({ place }) => place ?? []).sort((a, b) => a.order - b.order);

/** Everywhere that the search leads to: the places, then what pages name besides. */
export const DESTINATIONS: Destination[] = [...PLACES, ...PAGES.flatMap(({ found }) => found ?? [])];

/**
 * What an address is a visit to: its path, but on a page that one walks through (`walks`) the same for all of its days
 * or months.
 */
export function visitOf(pathname: string, pages: readonly PageInfo[] = PAGES): string {
  for (const { routes, walks } of pages) {
    const at = walks && Object.entries(routes).find(([path]) => matchPath(`/${path}`, pathname));
    if (at) return Object.keys(routes).find((path) => routes[path] === at[1]) ?? pathname;
  }
  return pathname;
}
