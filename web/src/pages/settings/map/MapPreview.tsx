import { useEffect, useRef } from "react";

import { usePreferences } from "@/api/session";
import type { MapSetting } from "@/api/types";
import { MapFrame } from "@/charts/map/MapFrame";
import { useSurface } from "@/charts/map/useSurface";
import type { Box } from "@/lib/geo/box";
import { t } from "@/pages/settings/text";

/** Innsbruck: mountains, woods and streets, and nowhere that an athlete's own data would tell of. */
const INNSBRUCK = { lon: 11.395, lat: 47.268, zoom: 11.5 };
const FIT = { pad: 0, maxZoom: 11.5 };

/** A small map with the chosen settings, of a file's box or of Innsbruck; scrolled into view when it opens. */
export function MapPreview({ setting, box, asked }: { setting: MapSetting; box: Box | null; asked: boolean }) {
  const figure = useRef<HTMLElement>(null);
  useEffect(() => {
    if (asked) figure.current?.scrollIntoView({ block: "center" });
  }, [asked]);
  const imperial = usePreferences().units === "imperial";
  const place = useSurface(setting, {
    label: t(box ? "settings.map_preview_file" : "settings.map_preview_label"),
    look: { box, middle: box ? null : INNSBRUCK },
    fit: FIT,
    gentle: true,
    imperial,
  });
  return (
    <figure ref={figure}>
      <div className="h-56 rounded-xl border border-line">
        <MapFrame place={place} testId="map-preview" imperial={imperial} home={null} />
      </div>
      {!box && <figcaption className="mt-1 text-xs text-ink-3">{t("settings.map_preview_note")}</figcaption>}
    </figure>
  );
}
