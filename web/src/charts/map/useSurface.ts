import { useEffect, useRef, useState, type RefObject } from "react";

import type { MapSetting } from "@/api/types";
import { CanvasSurface } from "@/charts/map/canvas/canvas";
import { useGround, type Ground } from "@/ui/hooks/media";
import type { MapSurface, SurfaceOptions } from "./surface";

/** Why a chosen background map is not there: this browser has no WebGL, or it could not be loaded. */
export type Missing = "webgl" | "background";

/** A map in its place: null until it can be drawn on. */
export interface MapPlace {
  host: RefObject<HTMLDivElement | null>;
  surface: MapSurface | null;
  missing: Missing | null;
}

/** A surface in a place; made again when what lies under it changes, but looking where it looked. */
export function useSurface(setting: MapSetting, options: SurfaceOptions): MapPlace {
  const host = useRef<HTMLDivElement>(null);
  const ground = useGround();
  const [{ surface, missing }, setMade] = useState<Made>(NOTHING);
  const first = useRef(options);
  const { kind, url, attribution } = setting;
  const { label, gentle, imperial } = options;
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const end = new AbortController();
    let open: MapSurface | null = null;
    const chosen = { ...first.current, label, gentle, imperial };
    void make(element, { kind, url, attribution }, ground, chosen, end.signal).then((made) => {
      if (end.signal.aborted) made?.surface.close();
      if (!made || end.signal.aborted) return;
      open = made.surface;
      open.on("ready", () => {
        element.dataset.ready = "true";
      });
      setMade(made);
    });
    return () => {
      end.abort();
      if (open) first.current = { ...first.current, look: { box: first.current.look.box, middle: open.middle() } };
      open?.close();
      delete element.dataset.ready;
      setMade(NOTHING);
    };
  }, [kind, url, attribution, ground, label, gentle, imperial]);
  return { host, surface, missing };
}

interface Made<S = MapSurface | null> {
  surface: S;
  missing: Missing | null;
}

const NOTHING: Made = { surface: null, missing: null };

/** Make the surface that the setting asks for, or the plain one where it cannot be had; null once it is not wanted. */
async function make(
  host: HTMLElement,
  setting: MapSetting,
  ground: Ground,
  options: SurfaceOptions,
  signal: AbortSignal,
): Promise<Made<MapSurface> | null> {
  const plain = (missing: Missing | null): Made<MapSurface> => ({ surface: new CanvasSurface(host, options), missing });
  if (setting.kind === "none" || !setting.url) return plain(null);
  if (!hasWebGL()) return plain("webgl");
  try {
    const { openMapLibre } = await import("@/charts/map/background/mapLibre");
    if (signal.aborted) return null;
    return { surface: await openMapLibre(host, setting, ground, options, signal), missing: null };
  } catch {
    // Ended: what is in the place by now is another's.
    if (signal.aborted) return null;
    host.replaceChildren();
    return plain("background");
  }
}

let drawable: boolean | undefined;

/** Whether MapLibre can draw here; tried once, for browsers hold only so many drawing contexts. */
function hasWebGL(): boolean {
  if (drawable === undefined) {
    const context = document.createElement("canvas").getContext("webgl2");
    drawable = context !== null;
    context?.getExtension("WEBGL_lose_context")?.loseContext();
  }
  return drawable;
}
