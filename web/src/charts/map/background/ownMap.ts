/** A background map out of a file of one's own: PMTiles, of which the browser asks our server for ranges. */
import { layers, namedFlavor } from "@protomaps/basemaps";
import { addProtocol, type LayerSpecification, type StyleSpecification } from "maplibre-gl";
import { PMTiles, Protocol, TileType } from "pmtiles";

import { token, type Ground } from "@/ui/hooks/media";

const protocol = new Protocol();
addProtocol("pmtiles", protocol.tile);

const SOURCE = "background";

/** The style of a map file; rejected where it is not there or is no map. */
export async function styleOfFile(url: string, attribution: string, ground: Ground): Promise<StyleSpecification> {
  const address = new URL(url, location.href).href;
  const file = protocol.get(address) ?? new PMTiles(address);
  protocol.add(file);
  const { tileType } = await file.getHeader();
  const source = { url: `pmtiles://${address}`, attribution };
  const colour = token("sunken");
  if (tileType !== TileType.Mvt) {
    return {
      version: 8,
      sources: { [SOURCE]: { type: "raster", tileSize: 256, ...source } },
      layers: [
        { id: "ground", type: "background", paint: { "background-color": colour } },
        { id: SOURCE, type: "raster", source: SOURCE },
      ],
    };
  }
  // No `glyphs`: MapLibre draws the letters with a font of this machine, and no server is asked for any.
  const drawn = layers(SOURCE, { ...namedFlavor(ground), background: colour }, { lang: "en" });
  return { version: 8, sources: { [SOURCE]: { type: "vector", ...source } }, layers: drawn.flatMap(withoutIcons) };
}

/** A layer without its icons, which would have to come from another server; none where it is little else. */
function withoutIcons(layer: LayerSpecification): LayerSpecification[] {
  if (layer.id === "pois") return [];
  if (layer.type !== "symbol" || layer.layout?.["icon-image"] === undefined) return [layer];
  if (layer.layout["text-field"] === undefined) return [];
  const kept = Object.entries(layer.layout).filter(([name]) => !name.startsWith("icon-"));
  return [{ ...layer, layout: Object.fromEntries(kept) }];
}
