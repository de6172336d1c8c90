import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, Problem, reply } from "@/api/client";
import type { paths } from "@/api/schema.d.ts";
import type { Aspect, NewShare, ShareChange, Subject } from "@/api/types";

const SHARES = ["shares"];

const pathOf = ({ kind, id }: Subject) => ({ path: { what: kind, subject: id } });

/** Every link of the athlete, or those to one subject, and what new ones hide. */
export function useShares(subject: Subject | null = null) {
  return useQuery({
    queryKey: [...SHARES, subject],
    queryFn: ({ signal }) =>
      subject === null
        ? reply(api.GET("/api/shares", { signal }))
        : reply(api.GET("/api/sharing/{what}/{subject}/shares", { params: pathOf(subject), signal })),
  });
}

/** What a link to a subject would show that hides these aspects. */
export function useSharePreview(subject: Subject, hide: Aspect[]) {
  return useQuery({
    queryKey: [...SHARES, subject, "preview", hide],
    queryFn: ({ signal }) =>
      reply(
        api.GET("/api/sharing/{what}/{subject}/preview", { params: { ...pathOf(subject), query: { hide } }, signal }),
      ),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
}

/** How a picture of an activity is cut: as wide as links are shown elsewhere, a post, or a story. */
export type Shape = NonNullable<
  NonNullable<paths["/api/activities/{activity}/shared/picture"]["get"]["parameters"]["query"]>["shape"]
>;

/** The picture of an activity that hides these aspects. */
export function useSharePicture(activity: string, hide: Aspect[], shape: Shape) {
  return useQuery({
    queryKey: [...SHARES, activity, "picture", hide, shape],
    queryFn: ({ signal }) =>
      reply(
        api.GET("/api/activities/{activity}/shared/picture", {
          params: { path: { activity }, query: { hide, shape } },
          parseAs: "blob",
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
}

/** A mutation after which the lists of links are fetched again. */
function useActOnShares<A, R>(act: (argument: A) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => client.invalidateQueries({ queryKey: SHARES }),
  });
}

export const useMakeShare = (subject: Subject) =>
  useActOnShares((body: NewShare) =>
    reply(api.POST("/api/sharing/{what}/{subject}/shares", { params: pathOf(subject), body })),
  );
export const useChangeShare = () =>
  useActOnShares(({ id, change }: { id: string; change: ShareChange }) =>
    reply(api.PATCH("/api/shares/{share}", { params: { path: { share: id } }, body: change })),
  );
export const useRevokeShare = () =>
  useActOnShares((share: string) => reply(api.DELETE("/api/shares/{share}", { params: { path: { share } } })));
export const useRestoreShare = () =>
  useActOnShares((share: string) => reply(api.POST("/api/shares/{share}/restore", { params: { path: { share } } })));
export const useShareDefaults = () =>
  useActOnShares((hidden: Aspect[]) => reply(api.PUT("/api/shares/defaults", { body: { hidden } })));

/** What a link shows, with its password where it asks for one. */
export function useShared(token: string, password: string | null) {
  return useQuery({
    queryKey: ["shared", token, password],
    queryFn: ({ signal }) => {
      const params = { path: { token } };
      return password === null
        ? reply(api.GET("/api/shared/{token}", { params, signal }))
        : reply(api.POST("/api/shared/{token}", { params, body: { password }, signal }));
    },
    // A link that has ended is not asked again, and a wrong password not tried again by itself.
    retry: (count, error) => !(error instanceof Problem) && count < 2,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    staleTime: Infinity,
    gcTime: 0,
  });
}

/** The planned route that a link shows, as a file. */
export const useSharedRouteFile = (token: string, password: string | null) =>
  useMutation({
    mutationFn: () =>
      reply(
        api.POST("/api/shared/{token}/route.gpx", { params: { path: { token } }, body: { password }, parseAs: "blob" }),
      ),
  });
