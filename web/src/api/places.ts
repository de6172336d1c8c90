import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { useEffect } from "react";

import { address, get, send } from "./client";
import { refreshNumbers } from "./numbers";
import { usePreferences } from "./session";
import { useWorkLeft } from "./work";
import type { HeatState, PrivacyZone, RouteItem, RouteWhole, TileState } from "./types";

/** What the map is narrowed to: a family of sports, from one day to another. */
export type PlacesQuery = Partial<Record<"sport" | "from" | "to", string>>;

const ROUTES = ["routes"];
const PLACES = ["places"];
const PRIVACY = ["privacy"];
const STILL_MS = 2000;
const WORKING_MS = 5000;

/** How often what is found in the background is asked again: while it is being looked for, and once when all is found. */
export function useStillFound(...roots: string[]): number | false {
  const client = useQueryClient();
  const busy = useWorkLeft() > 0;
  const all = roots.join(" ");
  useEffect(() => {
    if (!busy) return;
    return () => { for (const root of all.split(" ")) void client.invalidateQueries({ queryKey: [root] }); };
  }, [client, busy, all]);
  return busy ? WORKING_MS : false;
}

export function useRoutes() {
  const refetchInterval = useStillFound(...ROUTES, ...PLACES);
  const imperial = useImperial();
  return useQuery({ refetchInterval, queryKey: [...ROUTES, "list", imperial], queryFn: async ({ signal }) => (await get<{ items: RouteItem[] }>("/routes", imperial, signal)).items });
}

export function useRoute(id: string) {
  const imperial = useImperial();
  return useQuery({ queryKey: [...ROUTES, "one", id, imperial], queryFn: ({ signal }) => get<RouteWhole>(`/routes/${id}`, imperial, signal) });
}

/** What asks for miles in the names that the server makes up, where those are wanted. */
function useImperial(): { imperial?: string } {
  return usePreferences().units === "imperial" ? { imperial: "true" } : {};
}

/** Name a route; null takes the name back. */
export function useNameRoute(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string | null) => send<RouteWhole>("PATCH", `/routes/${id}`, { name }),
    onSuccess: async () => {
      refreshNumbers(client);
      await client.invalidateQueries({ queryKey: ROUTES });
    },
  });
}

/** How much of the heat map is drawn; asked again until all of it is. */
export function useHeat() {
  const still = useStillFound(...PLACES);
  return useQuery({
    queryKey: [...PLACES, "heat"],
    queryFn: ({ signal }) => get<HeatState>("/heat", {}, signal),
    refetchInterval: ({ state }) => ((state.data?.waiting ?? 0) > 0 ? STILL_MS : still),
  });
}

/** Where the pictures of the heat map are, as maps write it. */
export function heatAddress(query: PlacesQuery): string {
  return `${location.origin}${address("/heat/{z}/{x}/{y}.png", query)}`;
}

/** The tiles visited; of these only those in `bbox`, where one is given. */
export function useTiles(zoom: number, query: PlacesQuery, bbox: string | null = null, enabled = true) {
  return useQuery({
    queryKey: [...PLACES, "tiles", zoom, query, bbox],
    queryFn: ({ signal }) => get<TileState>("/tiles", { zoom, ...query, bbox }, signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function usePrivacyZones() {
  return useQuery({ queryKey: PRIVACY, queryFn: async ({ signal }) => (await get<{ items: PrivacyZone[] }>("/privacy", {}, signal)).items });
}

export type ZoneDetails = Omit<PrivacyZone, "id">;

/** An act on the private places, which answers with all of them. */
function usePrivacyAct<A>(act: (argument: A) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSuccess: () => client.invalidateQueries({ queryKey: PRIVACY }) });
}

export const useAddZone = () => usePrivacyAct((zone: ZoneDetails) => send("POST", "/privacy", zone));
export const useChangeZone = () => usePrivacyAct(({ id, ...zone }: PrivacyZone) => send("PATCH", `/privacy/${id}`, zone));
export const useRemoveZone = () => usePrivacyAct((id: string) => send("DELETE", `/privacy/${id}`));
export const useRestoreZone = () => usePrivacyAct((id: string) => send("POST", `/privacy/${id}/restore`));
