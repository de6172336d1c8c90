import { useMemo } from "react";

import { usePreferences } from "@/api/session";
import { channelLook } from "@/lib/activity/channels";
import { ramp } from "@/lib/charts/colour";
import { reach, type Line } from "@/lib/geo/track";
import { t } from "@/pages/activity/text";
import { Pick } from "@/ui/controls/Field";
import { useGround } from "@/ui/hooks/media";
import type { View } from "./view";

/** By what the track is coloured, and what the colours mean. */
export function MapBar({
  line,
  channels,
  colour,
  sport,
  change,
}: {
  line: Line;
  channels: { key: string; unit: string }[];
  colour: string;
  sport: string;
  change: (changed: Partial<View>) => void;
}) {
  const wish = usePreferences();
  const ground = useGround();
  const span = useMemo(() => reach(line.values), [line]);
  const channel = channels.find(({ key }) => key === colour);
  const look = channel && channelLook(channel.key, channel.unit, wish, sport);
  const stops = Array.from({ length: 9 }, (_, i) => ramp(i / 8, ground)).join(", ");
  const say = (si: number): string => look?.scale.format(look.scale.of(si)) ?? "";
  return (
    <div className="mt-2 flex min-h-9 flex-wrap items-center gap-x-3 gap-y-2 text-sm">
      <span className="label order-last ml-auto flex items-center gap-3">
        <span className="flex items-center gap-1.5">
          <span className="size-2.5 rounded-full bg-accent" />
          {t("map.start")}
        </span>
        <span className="flex items-center gap-1.5">
          <span className="size-2.5 rounded-full bg-ink" />
          {t("map.finish")}
        </span>
      </span>
      <span className="label">{t("map.colour_by")}</span>
      <Pick
        name={t("map.colour_by")}
        value={look ? colour : "plain"}
        onChange={(event) => {
          change({ colour: event.target.value === "plain" ? null : event.target.value });
        }}
      >
        <option value="plain">{t("map.plain")}</option>
        {channels.map(({ key, unit }) => (
          <option key={key} value={key}>
            {channelLook(key, unit, wish, sport).label}
          </option>
        ))}
      </Pick>
      {look && span && (
        <span className="flex min-w-0 items-center gap-2 text-xs text-ink-2">
          <span>{say(span[0])}</span>
          <span
            aria-hidden="true"
            className="h-2 w-24 rounded-full"
            style={{ background: `linear-gradient(to right, ${stops})` }}
          />
          <span>
            {say(span[1])} {look.scale.unit}
          </span>
        </span>
      )}
    </div>
  );
}
