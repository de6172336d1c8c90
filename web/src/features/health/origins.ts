import { useCallback } from "react";

import { useHealthDevices } from "@/api/health";
import { humanise } from "@/lib/activity/sports";
import { known } from "@/lib/text";
import { t } from "./text";

/** What a source of measurements is called. */
export const sourceName = (source: string): string => known("origin", source) ?? humanise(source);

/** Return what a source and its device are called: `Garmin Connect, fēnix 7`. */
export function useOriginName(): (source: string, device: string | null) => string {
  const { data } = useHealthDevices();
  return useCallback(
    (source, device) => {
      if (device === null || device === "") return sourceName(source);
      const named = data?.filter((one) => one.device === device && one.name !== null) ?? [];
      const name =
        (named.find((one) => one.source === source) ?? named[0])?.name ?? t("health.device", { key: device });
      // Two devices of one model are told apart by their keys.
      const twins = data?.some((one) => one.name === name && one.device !== device);
      return t("health.from", { source: sourceName(source), device: twins ? `${name} ${device}` : name });
    },
    [data],
  );
}
