import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { refreshLists } from "@/api/activities/activities";
import { get, send } from "./client";
import type { components } from "./schema.d.ts";

type Schemas = components["schemas"];

export type GearItem = Schemas["GearItem"];
export type GearList = Schemas["GearList"];
export type GearPreview = Schemas["GearPreview"];
export type GearComponent = Schemas["GearComponent"];
export type UnknownGear = Schemas["UnknownGear"];
export type NewGear = Partial<Schemas["NewGear"]> & { name: string };
export type GearChange = Partial<Schemas["GearChange"]>;
export type NewComponent = Partial<Schemas["NewComponent"]> & { name: string; since: string };
export type ComponentChange = Partial<Schemas["ComponentChange"]>;

const GEAR = ["gear"];

export function useGear() {
  return useQuery({ queryKey: GEAR, queryFn: ({ signal }) => get<GearList>("/gear", {}, signal) });
}

/** What an item, or a new one, would count of the past as the usual one of families since a day; null: always. */
export function useGearPreview(item: string | undefined, families: string[], since: string | null, enabled: boolean) {
  return useQuery({
    queryKey: [...GEAR, "preview", item, families, since],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      get<GearPreview>("/gear/preview", { gear: item, families, usual_since: since ?? undefined }, signal),
  });
}

/** An act on gear, after which it and the activities that were done on it are asked anew. */
function useAct<A>(act: (argument: A) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async () => {
      refreshLists(client);
      void client.invalidateQueries({ queryKey: ["activity"] });
      await client.invalidateQueries({ queryKey: GEAR });
    },
  });
}

const at = (id: string): string => `/gear/${encodeURIComponent(id)}`;
const part = (id: string, component: string): string => `${at(id)}/components/${encodeURIComponent(component)}`;

export const useAddGear = () => useAct((gear: NewGear) => send("POST", "/gear", gear));
export const useChangeGear = () =>
  useAct(({ id, fields }: { id: string; fields: GearChange }) => send("PATCH", at(id), fields));
export const useRemoveGear = () => useAct((id: string) => send("DELETE", at(id)));
export const useRestoreGear = () => useAct((id: string) => send("POST", `${at(id)}/restore`));
export const useMergeGear = () =>
  useAct(({ id, into }: { id: string; into: string }) => send("POST", `${at(id)}/merge`, { into }));
export const useAlias = () =>
  useAct(({ id, source, key }: { id: string; source: string; key: string }) =>
    send("POST", `${at(id)}/aliases`, { source, key }),
  );
export const useUnalias = () =>
  useAct(({ id, source, key }: { id: string; source: string; key: string }) =>
    send("DELETE", `${at(id)}/aliases?${new URLSearchParams({ source, key }).toString()}`),
  );
export const useFit = () =>
  useAct(({ id, component }: { id: string; component: NewComponent }) =>
    send("POST", `${at(id)}/components`, component),
  );
export const useChangePart = () =>
  useAct(({ id, component, fields }: { id: string; component: string; fields: ComponentChange }) =>
    send("PATCH", part(id, component), fields),
  );
export const usePutBack = () =>
  useAct(({ id, component }: { id: string; component: string }) => send("POST", `${part(id, component)}/restore`));
export const useTakeOff = () =>
  useAct(({ id, component }: { id: string; component: string }) => send("DELETE", part(id, component)));
export const useService = () =>
  useAct(({ id, component, day }: { id: string; component: string; day: string }) =>
    send("POST", `${part(id, component)}/services`, { day }),
  );
export const useTakeBack = () =>
  useAct(({ id, component, service }: { id: string; component: string; service: string }) =>
    send("DELETE", `${part(id, component)}/services/${service}`),
  );
