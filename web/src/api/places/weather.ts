import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, reply } from "@/api/client";

const WEATHER = ["weather"];
/** What is being asked for is there in a few seconds. */
const WAITING_MS = 4000;

/** The weather during an activity; looked at again while it is being asked for. */
export function useActivityWeather(activity: string) {
  return useQuery({
    queryKey: [...WEATHER, activity],
    queryFn: ({ signal }) =>
      reply(api.GET("/api/activities/{activity}/weather", { params: { path: { activity } }, signal })),
    refetchInterval: ({ state }) =>
      state.data?.state === "waiting" && state.data.reason === null && state.dataUpdateCount < 10 ? WAITING_MS : false,
  });
}

/** Whether the weather is asked for. */
export function useWeatherSetting() {
  return useQuery({
    queryKey: [...WEATHER, "setting"],
    queryFn: ({ signal }) => reply(api.GET("/api/weather", { signal })),
  });
}

export function useSetWeather() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (on: boolean) => reply(api.PUT("/api/weather", { body: { on } })),
    onSuccess: () => client.invalidateQueries({ queryKey: WEATHER }),
  });
}
