import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { address, api, bytes, reply } from "@/api/client";
import { useSees } from "@/api/session";
import type { Photo, PhotoChange } from "@/api/types";

const PHOTOS = "photos";
type Edge = "320" | "1024" | "2048";

/** The photos of an activity, in their order; none is asked for where one sees none. */
export function usePhotos(activity: string) {
  const seen = useSees("photos");
  return useQuery({
    queryKey: [PHOTOS, activity],
    enabled: seen,
    queryFn: ({ signal }) =>
      reply(api.GET("/api/activities/{activity}/photos", { params: { path: { activity } }, signal })),
  });
}

/** Where a picture of a photo is, with this longer edge in px. */
export const pictureAt = (photo: string, edge: Edge): string =>
  address("/api/photos/{photo}/pictures/{edge}", { path: { photo, edge } });

/** Where the file of a photo is, as it came. */
export const originalAt = (photo: string): string => address("/api/photos/{photo}/original", { path: { photo } });

/** A mutation after which the photos of an activity are fetched again. */
function useActOnPhotos<A, R>(activity: string, act: (argument: A) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => client.invalidateQueries({ queryKey: [PHOTOS, activity] }),
  });
}

export const useAddPhoto = (activity: string) =>
  useActOnPhotos(activity, (file: File) =>
    reply(
      api.POST("/api/activities/{activity}/photos", {
        params: { path: { activity }, query: { name: file.name } },
        ...bytes(file),
      }),
    ),
  );
export const useChangePhoto = (activity: string) =>
  useActOnPhotos(activity, ({ photo, change }: { photo: string; change: PhotoChange }) =>
    reply(api.PATCH("/api/photos/{photo}", { params: { path: { photo } }, body: change })),
  );
export const useOrderPhotos = (activity: string) =>
  useActOnPhotos(activity, (photos: string[]) =>
    reply(api.PUT("/api/activities/{activity}/photos/order", { params: { path: { activity } }, body: { photos } })),
  );
export const useRemovePhoto = (activity: string) =>
  useActOnPhotos(activity, (photo: string) =>
    reply(api.DELETE("/api/photos/{photo}", { params: { path: { photo } } })),
  );
export const useRestorePhoto = (activity: string) =>
  useActOnPhotos(activity, (photo: string) =>
    reply(api.POST("/api/photos/{photo}/restore", { params: { path: { photo } } })),
  );

/** Set clocks of cameras, by how many seconds each was slow; photos with the same number go together. */
export const useSetClock = (activity: string) =>
  useActOnPhotos(activity, async (clocks: readonly Pick<Photo, "id" | "clock_s">[]) => {
    for (const clock_s of new Set(clocks.map((one) => one.clock_s))) {
      const photos = clocks.filter((one) => one.clock_s === clock_s).map(({ id }) => id);
      await reply(
        api.PUT("/api/activities/{activity}/photos/clock", {
          params: { path: { activity } },
          body: { photos, clock_s },
        }),
      );
    }
  });
