import { useAthlete, useMayEdit, useMayPlan, useSeesSeveral } from "@/api/session";
import { PLACES } from "@/app/found";
import { t } from "@/app/text";
import type { Destination, Place } from "@/ui/layout/pageInfo";

/** What stands for several places in the sidebar. */
const GROUPS = {
  map: { icon: "map", name: () => t("nav.map") },
  data: { icon: "data", name: () => t("nav.data") },
};

/** An entry of the sidebar: a place, or a group of places that opens the first of them. */
export interface Entry extends Place {
  places: Place[];
}

const isAt = ({ to, match = [to] }: Place, pathname: string): boolean =>
  match.some((start) => pathname === start || pathname.startsWith(`${start}/`));

export const isHere = ({ places }: Entry, pathname: string): boolean => places.some((place) => isAt(place, pathname));

/** The places with those of a group made one entry, at the place of its first. */
export function entriesOf(places: Place[]): Entry[] {
  const groups = new Map<string, Entry>();
  for (const place of places) {
    const known = groups.get(place.group ?? place.to);
    if (known) known.places.push(place);
    else groups.set(place.group ?? place.to, { ...place, ...(place.group && GROUPS[place.group]), places: [place] });
  }
  return [...groups.values()];
}

/** Whether this account has a place: it is there for those who may edit or see what it shows. */
export function useHas(): (place: Destination) => boolean {
  const mayEdit = useMayEdit();
  const mayPlan = useMayPlan();
  const several = useSeesSeveral();
  const seen = useAthlete()?.sees ?? [];
  return ({ editor, planner, sees, several: ofSeveral }) =>
    (!editor || mayEdit) && (!planner || mayPlan) && (!ofSeveral || several) && (!sees || seen.includes(sees));
}

/** The entries that this account has. */
export function useEntries(): Entry[] {
  return entriesOf(PLACES.filter(useHas()));
}

/** The entry and the place that an address belongs to. */
export function placeAt(entries: Entry[], pathname: string): { entry?: Entry; place?: Place } {
  const entry = entries.find((one) => isHere(one, pathname));
  return { entry, place: entry?.places.find((place) => isAt(place, pathname)) };
}
