import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { address, api, reply } from "@/api/client";
import { refreshNumbers } from "@/api/numbers";
import { usePreferences } from "@/api/session";
import { useWorkLeft } from "@/api/sources/work";
import type { PrivacyZone } from "@/api/types";

/** What the map is narrowed to: a family of sports, from one day to another. */
export type PlacesQuery = Partial<Record<"sport" | "from" | "to", string>>;

const ROUTES = ["routes"];
const PLACES = ["places"];
const PRIVACY = ["privacy"];
const STILL_MS = 2000;
const WORKING_MS = 5000;

/** How often background results are fetched: repeatedly while the search runs, and once more when it is done. */
export function useStillFound(...roots: string[]): number | false {
  const client = useQueryClient();
  const busy = useWorkLeft() > 0;
  const all = roots.join(" ");
  useEffect(() => {
    if (!busy) return;
    return () => {
      for (const root of all.split(" ")) void client.invalidateQueries({ queryKey: [root] });
    };
  }, [client, busy, all]);
  return busy ? WORKING_MS : false;
}

export function useRoutes() {
  const refetchInterval = useStillFound(...ROUTES, ...PLACES);
  const imperial = useImperial();
  return useQuery({
    refetchInterval,
    queryKey: [...ROUTES, "list", imperial],
    queryFn: async ({ signal }) => (await reply(api.GET("/api/routes", { params: { query: imperial }, signal }))).items,
  });
}

export function useRoute(id: string) {
  const imperial = useImperial();
  return useQuery({
    queryKey: [...ROUTES, "one", id, imperial],
    queryFn: ({ signal }) =>
      reply(api.GET("/api/routes/{route}", { params: { path: { route: id }, query: imperial }, signal })),
  });
}

/** What asks for miles in the names that the server makes up, where those are wanted. */
function useImperial(): { imperial?: boolean } {
  return usePreferences().units === "imperial" ? { imperial: true } : {};
}

/** Name a route; null takes the name back. */
export function useNameRoute(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string | null) =>
      reply(api.PATCH("/api/routes/{route}", { params: { path: { route: id } }, body: { name } })),
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
    queryFn: ({ signal }) => reply(api.GET("/api/heat", { signal })),
    refetchInterval: ({ state }) => ((state.data?.waiting ?? 0) > 0 ? STILL_MS : still),
  });
}

/** Where the pictures of the heat map are, as maps write it. */
export function heatAddress(query: PlacesQuery): string {
  const path = address("/api/heat/{zoom}/{x}/{y}.png", { query }).replace("{zoom}", "{z}");
  return `${location.origin}${path}`;
}

/** The tiles visited; of these only those in `bbox`, where one is given. */
export function useTiles(zoom: number, query: PlacesQuery, bbox: string | null = null, enabled = true) {
  return useQuery({
    queryKey: [...PLACES, "tiles", zoom, query, bbox],
    queryFn: ({ signal }) => reply(api.GET("/api/tiles", { params: { query: { zoom, ...query, bbox } }, signal })),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function usePrivacyZones() {
  return useQuery({
    queryKey: PRIVACY,
    queryFn: async ({ signal }) => (await reply(api.GET("/api/privacy", { signal }))).items,
  });
}

export type ZoneDetails = Omit<PrivacyZone, "id">;

/** An act on the private places, which answers with all of them. */
function usePrivacyAct<A>(act: (argument: A) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSuccess: () => client.invalidateQueries({ queryKey: PRIVACY }) });
}

export const useAddZone = () => usePrivacyAct((zone: ZoneDetails) => reply(api.POST("/api/privacy", { body: zone })));
export const useChangeZone = () =>
  usePrivacyAct(({ id, ...zone }: PrivacyZone) =>
    reply(api.PATCH("/api/privacy/{zone}", { params: { path: { zone: Number(id) } }, body: zone })),
  );
export const useRemoveZone = () =>
  usePrivacyAct((id: string) => reply(api.DELETE("/api/privacy/{zone}", { params: { path: { zone: Number(id) } } })));
export const useRestoreZone = () =>
  usePrivacyAct((id: string) =>
    reply(api.POST("/api/privacy/{zone}/restore", { params: { path: { zone: Number(id) } } })),
  );
