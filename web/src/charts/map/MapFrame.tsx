import { useEffect, useRef, useState, type ReactNode } from "react";

import { SCALE_PX } from "@/charts/map/canvas/canvas";
import { t } from "@/charts/text";
import { roundLength } from "@/lib/geo/mapScale";
import { metresPerPixel } from "@/lib/geo/mercator";
import { IconButton } from "@/ui/controls/Button";
import type { MapEvents, MapSurface } from "./surface";
import type { MapPlace } from "./useSurface";

const HELP_MS = 1500;
const BUTTONS =
  "absolute top-2 right-2 flex flex-col overflow-hidden rounded-lg border border-line bg-surface " +
  "[&>button]:rounded-none [&>button]:focus-visible:-outline-offset-2";
const SCALE =
  "pointer-events-none absolute bottom-2 left-2 border-x-[1.5px] border-b-[1.5px] border-ink-3 bg-surface/60 px-1 " +
  "text-center text-xs whitespace-nowrap text-ink-2";
const HELP =
  "pointer-events-none absolute inset-0 grid place-items-center bg-veil p-6 text-center " +
  "transition-opacity duration-300";
const NOTE =
  "absolute bottom-9 left-2 max-w-[calc(100%-4rem)] rounded-lg border border-line bg-surface px-3 py-1.5 " +
  "text-xs text-ink-2";

/** The button that brings back what the map is about. */
export interface Home {
  name: string;
  icon: string;
  go: () => void;
}

/** A map with what lies over every map: buttons, scale, and words where they are needed. */
export function MapFrame({
  place,
  testId,
  imperial,
  home,
  children,
  ...data
}: {
  place: MapPlace;
  testId: string;
  imperial: boolean;
  home: Home | null;
  children?: ReactNode;
  "data-heat"?: boolean;
}) {
  const { host, surface, missing } = place;
  return (
    <div className="relative h-full overflow-hidden rounded-[11px]">
      <div ref={host} data-testid={testId} {...data} className="relative h-full bg-sunken" />
      {children}
      <div className={BUTTONS}>
        {home && <IconButton name={home.name} icon={home.icon} onClick={home.go} />}
        <IconButton
          name={t("map.zoom_in")}
          icon="plus"
          onClick={() => {
            surface?.zoomBy(1);
          }}
        />
        <IconButton
          name={t("map.zoom_out")}
          icon="minus"
          onClick={() => {
            surface?.zoomBy(-1);
          }}
        />
      </div>
      {surface && <Scale surface={surface} imperial={imperial} />}
      {surface && <Help surface={surface} />}
      {missing && (
        <p role="status" className={NOTE}>
          {t(missing === "webgl" ? "map.no_webgl" : "map.no_background")}
        </p>
      )}
    </div>
  );
}

/** How long something is on the ground. */
function Scale({ surface, imperial }: { surface: MapSurface; imperial: boolean }) {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const measure = (): void => {
      const { lat, zoom } = surface.middle();
      const pixel = metresPerPixel(lat, zoom);
      const { metres, words } = roundLength(pixel * SCALE_PX, imperial);
      if (!bar.current) return;
      bar.current.textContent = words;
      bar.current.style.width = `${Math.round(metres / pixel)}px`;
    };
    measure();
    return surface.on("move", measure);
  }, [surface, imperial]);
  return <div ref={bar} data-testid="map-scale" className={SCALE} />;
}

/** How to move a map that leaves the wheel and a finger to the page, said for a moment to whom it happens. */
function Help({ surface }: { surface: MapSurface }) {
  const [blocked, setBlocked] = useState<MapEvents["blocked"][0] | null>(null);
  const [shown, show] = useState(false);
  useEffect(() => {
    let timer = 0;
    const stop = surface.on("blocked", (what) => {
      setBlocked(what);
      show(true);
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        show(false);
      }, HELP_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [surface]);
  return (
    <div aria-hidden="true" data-testid="map-help" className={`${HELP} ${shown ? "opacity-100" : "opacity-0"}`}>
      <span className="rounded-lg bg-surface px-4 py-2">
        {blocked === "finger" ? t("map.help_mobile") : t(isMac() ? "map.help_mac" : "map.help_windows")}
      </span>
    </div>
  );
}

const isMac = (): boolean => navigator.platform.startsWith("Mac");
