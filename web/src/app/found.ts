import type { Destination, PageInfo, Place } from "@/ui/layout/pageInfo";

const FOUND = import.meta.glob<{ PAGE: PageInfo }>("/src/pages/*/page.ts", { eager: true });

/** Every page there is. */
export const PAGES: PageInfo[] = Object.values(FOUND).map(({ PAGE }) => PAGE);

/** The places of the sidebar, in order. */
export const PLACES: Place[] = PAGES.flatMap(({ place }) => place ?? []).sort((a, b) => a.order - b.order);

/** Everywhere that the search leads to: the places, then what pages name besides. */
export const DESTINATIONS: Destination[] = [...PLACES, ...PAGES.flatMap(({ found }) => found ?? [])];
