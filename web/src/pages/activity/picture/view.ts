import { useCallback, useMemo } from "react";

import type { Stretch } from "@/charts/channels/frame";
import { useAddressQuery } from "@/ui/hooks/address";

/** What of an activity is looked at, as the address has it. */
export interface View {
  axis: "time" | "distance";
  smoothing: number;
  /** Channels chosen by hand; null for the usual ones. */
  channels: string[] | null;
  colour: string | null;
  stretch: Stretch | null;
}

const SMOOTHING_S = 5;

export function useView(): [View, (changed: Partial<View>) => void] {
  const [parameters, edit] = useAddressQuery();
  const view = useMemo<View>(() => {
    const [from, to] = (parameters.get("stretch") ?? "").split("-").map(Number);
    const channels = parameters.get("channels");
    return {
      axis: parameters.get("over") === "distance" ? "distance" : "time",
      smoothing: Number(parameters.get("smooth") ?? SMOOTHING_S) || 0,
      channels: channels === null ? null : channels.split(",").filter(Boolean),
      colour: parameters.get("colour"),
      stretch: from !== undefined && to !== undefined && to > from ? { from, to } : null,
    };
  }, [parameters]);
  const change = useCallback(
    (changed: Partial<View>): void => {
      edit((next) => {
        const put = (key: string, value: string | null): void => {
          if (value === null) next.delete(key);
          else next.set(key, value);
        };
        if (changed.axis) put("over", changed.axis === "time" ? null : changed.axis);
        if (changed.smoothing !== undefined)
          put("smooth", changed.smoothing === SMOOTHING_S ? null : String(changed.smoothing));
        if (changed.channels !== undefined) put("channels", changed.channels && changed.channels.join(","));
        if (changed.colour !== undefined) put("colour", changed.colour);
        if (changed.stretch !== undefined)
          put("stretch", changed.stretch && `${Math.round(changed.stretch.from)}-${Math.round(changed.stretch.to)}`);
      });
    },
    [edit],
  );
  return [view, change];
}
