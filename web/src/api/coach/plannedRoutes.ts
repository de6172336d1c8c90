import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { address, api, bytes, reply } from "@/api/client";
import type { components } from "@/api/schema.d.ts";

type Schemas = components["schemas"];
export type PlannedRouteItem = Schemas["PlannedRouteItem"];
export type PlannedRoute = Schemas["PlannedRoute"];
export type RouteSection = Schemas["RouteSection"];
export type RouteProfile = Schemas["RouteProfile"];
export type RouteQuestion = Schemas["RouteQuestion"];
export type RouteParameters = Schemas["RouteParametersShape"];
export type RouteChange = Schemas["PlannedRouteChange"];

/** The ends of the files that a route can be written to. */
export const ENDINGS = ["gpx", "fit", "tcx", "csv", "json"] as const;

const ROUTES = ["coach", "routes"];

export function usePlannedRoutes(enabled = true) {
  return useQuery({
    queryKey: [...ROUTES, "list"],
    queryFn: ({ signal }) => reply(api.GET("/api/coach/routes", { signal })),
    enabled,
  });
}

export function usePlannedRoute(id: string) {
  return useQuery({
    queryKey: [...ROUTES, "one", id],
    queryFn: ({ signal }) =>
      reply(api.GET("/api/coach/routes/{planned}", { params: { path: { planned: id } }, signal })),
  });
}

/** The planned route that a session follows. */
export function useSessionRoute(session: string) {
  return useQuery({
    queryKey: [...ROUTES, "session", session],
    queryFn: ({ signal }) =>
      reply(api.GET("/api/coach/sessions/{session}/route", { params: { path: { session } }, signal })),
  });
}

/** Where a route lies as a file. */
export function routeFile(id: string, ending: (typeof ENDINGS)[number]): string {
  return address("/api/coach/routes/{planned}/file.{ending}", { path: { planned: id, ending } });
}

/** An act on planned routes, after which they are read again. */
function useRouteAct<A, T>(act: (argument: A) => Promise<T>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSuccess: () => client.invalidateQueries({ queryKey: ROUTES }) });
}

export const useImportRoute = () =>
  useRouteAct(
    async (file: File) =>
      (await reply(api.POST("/api/coach/routes/file", { params: { query: { file: file.name } }, ...bytes(file) })))
        .items,
  );
export const usePlanRoute = () =>
  useRouteAct((activity: string) => reply(api.POST("/api/coach/routes", { body: { activity } })));
export const useChangeRoute = () =>
  useRouteAct(({ id, change }: { id: string; change: RouteChange }) =>
    reply(api.PATCH("/api/coach/routes/{planned}", { params: { path: { planned: id } }, body: change })),
  );
export const useRemoveRoute = () =>
  useRouteAct((id: string) => reply(api.DELETE("/api/coach/routes/{planned}", { params: { path: { planned: id } } })));
export const useRestoreRoute = () =>
  useRouteAct((id: string) =>
    reply(api.POST("/api/coach/routes/{planned}/restore", { params: { path: { planned: id } } })),
  );
export const useAnswerFile = () =>
  useRouteAct(({ file, ...body }: { file: string } & Schemas["RouteAnswer"]) =>
    reply(api.POST("/api/coach/routes/files/{drawing}", { params: { path: { drawing: file } }, body })),
  );
export const useFollowRoute = (session: string) =>
  useRouteAct((route: string | null) =>
    reply(api.PUT("/api/coach/sessions/{session}/route", { params: { path: { session } }, body: { route } })),
  );
