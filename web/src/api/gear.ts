import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { refreshLists } from "@/api/activities/activities";
import { api, reply } from "./client";
import type { components } from "./schema.d.ts";

type Schemas = components["schemas"];

export type GearItem = Schemas["GearItem"];
export type GearList = Schemas["GearList"];
export type GearPreview = Schemas["GearPreview"];
export type GearComponent = Schemas["GearComponent"];
export type UnknownGear = Schemas["UnknownGear"];
export type NewGear = Schemas["NewGear"];
export type GearChange = Schemas["GearChange"];
export type NewComponent = Schemas["NewComponent"];
export type ComponentChange = Schemas["ComponentChange"];

const GEAR = ["gear"];

export function useGear() {
  return useQuery({ queryKey: GEAR, queryFn: ({ signal }) => reply(api.GET("/api/gear", { signal })) });
}

/** What an item, or a new one, would count of the past as the usual one of families since a day; null: always. */
export function useGearPreview(item: string | undefined, families: string[], since: string | null, enabled: boolean) {
  return useQuery({
    queryKey: [...GEAR, "preview", item, families, since],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      reply(
        api.GET("/api/gear/preview", {
          params: { query: { gear: item, families, usual_since: since ?? undefined } },
          signal,
        }),
      ),
  });
}

/** An act on gear, after which it and the activities that were done on it are fetched again. */
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

export const useAddGear = () => useAct((gear: NewGear) => reply(api.POST("/api/gear", { body: gear })));
export const useChangeGear = () =>
  useAct(({ id, fields }: { id: string; fields: GearChange }) =>
    reply(api.PATCH("/api/gear/{gear}", { params: { path: { gear: id } }, body: fields })),
  );
export const useRemoveGear = () =>
  useAct((id: string) => reply(api.DELETE("/api/gear/{gear}", { params: { path: { gear: id } } })));
export const useRestoreGear = () =>
  useAct((id: string) => reply(api.POST("/api/gear/{gear}/restore", { params: { path: { gear: id } } })));
export const useMergeGear = () =>
  useAct(({ id, into }: { id: string; into: string }) =>
    reply(api.POST("/api/gear/{gear}/merge", { params: { path: { gear: id } }, body: { into } })),
  );
export const useAlias = () =>
  useAct(({ id, source, key }: { id: string; source: string; key: string }) =>
    reply(api.POST("/api/gear/{gear}/aliases", { params: { path: { gear: id } }, body: { source, key } })),
  );
export const useUnalias = () =>
  useAct(({ id, source, key }: { id: string; source: string; key: string }) =>
    reply(api.DELETE("/api/gear/{gear}/aliases", { params: { path: { gear: id }, query: { source, key } } })),
  );
export const useFit = () =>
  useAct(({ id, component }: { id: string; component: NewComponent }) =>
    reply(api.POST("/api/gear/{gear}/components", { params: { path: { gear: id } }, body: component })),
  );
export const useChangePart = () =>
  useAct(({ id, component, fields }: { id: string; component: string; fields: ComponentChange }) =>
    reply(
      api.PATCH("/api/gear/{gear}/components/{component}", { params: { path: { gear: id, component } }, body: fields }),
    ),
  );
export const usePutBack = () =>
  useAct(({ id, component }: { id: string; component: string }) =>
    reply(api.POST("/api/gear/{gear}/components/{component}/restore", { params: { path: { gear: id, component } } })),
  );
export const useTakeOff = () =>
  useAct(({ id, component }: { id: string; component: string }) =>
    reply(api.DELETE("/api/gear/{gear}/components/{component}", { params: { path: { gear: id, component } } })),
  );
export const useService = () =>
  useAct(({ id, component, day }: { id: string; component: string; day: string }) =>
    reply(
      api.POST("/api/gear/{gear}/components/{component}/services", {
        params: { path: { gear: id, component } },
        body: { day },
      }),
    ),
  );
export const useTakeBack = () =>
  useAct(({ id, component, service }: { id: string; component: string; service: string }) =>
    reply(
      api.DELETE("/api/gear/{gear}/components/{component}/services/{service}", {
        params: { path: { gear: id, component, service: Number(service) } },
      }),
    ),
  );
