import type { ComponentType } from "react";

/** A page, described in the `page.ts` of its folder; that file is found by its name, so adding a page edits no list. */
export interface PageInfo {
  /** Its addresses and what each shows, fetched when it is first opened. */
  routes: Record<string, () => Promise<ComponentType>>;
  /** Its place in the sidebar; a page without one is reached from another. */
  place?: Place;
}

/**
 * A place in the sidebar, lowest `order` first.
 * It is current at each address that begins with one of `match`, by default with `to`.
 */
export interface Place {
  to: string;
  match?: string[];
  icon: string;
  name: () => string;
  order: number;
  /** Only those who may edit have it. */
  editor?: boolean;
}
