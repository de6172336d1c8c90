import type { ComponentType } from "react";

/** A page, described in the `page.ts` of its folder; that file is found by its name, so adding a page edits no list. */
export interface PageInfo {
  /** Its addresses and what each shows, fetched when it is first opened. */
  routes: Record<string, () => Promise<ComponentType>>;
  /** One walks through it, from day to day or month to month: the next address of it is no other page. */
  walks?: boolean;
  /** Its place in the sidebar; a page without one is reached from another. */
  place?: Place;
  /** What else the search leads to here, such as a part of the page or something to do on it. */
  found?: Destination[];
}

/** Somewhere to go, by its name; `words` are other words that people look for it by. */
export interface Destination {
  to: string;
  icon: string;
  name: () => string;
  words?: () => string;
  /** Only those who may edit have it. */
  editor?: boolean;
  /** Only those who may change plans have it. */
  planner?: boolean;
  /** Only those who see this of the athlete have it. */
  sees?: "health" | "plan" | "photos";
  /** Only those who see several athletes have it. */
  several?: boolean;
}

/**
 * A place in the sidebar, lowest `order` first; those of a group share one entry and stand in a bar over their pages.
 * It is current at each address that begins with one of `match`, by default with `to`.
 */
export interface Place extends Destination {
  match?: string[];
  order: number;
  group?: "map" | "data";
}
