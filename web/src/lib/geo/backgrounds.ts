/** Background maps to choose from: the known ones, files of one's own here, and addresses of one's own. */
export interface Known {
  key: string;
  kind: "raster" | "style";
  url: string;
  attribution: string;
  more: string;
  sign_up: string;
}

/** A map file on the server. */
export interface OwnFile {
  url: string;
  attribution: string;
  problem: string | null;
}

/**
 * What stands in the form: `none`, `raster` or `style` for an address of one's own, the key of a known map, or the
 * address of a map file on the server.
 */
export interface Choice {
  map: string;
  /** The athlete's own key at the provider. */
  key: string;
  url: string;
  attribution: string;
  more: string;
}

/** The settings that a choice comes to. */
export interface Chosen {
  kind: "none" | "raster" | "style" | "pmtiles";
  url: string | null;
  attribution: string | null;
  more: string | null;
}

const KEY = "{key}";

/** What a choice comes to; null where a key, an address or a file is missing. */
export function chosenOf(
  { map, key, url, attribution, more }: Choice,
  known: readonly Known[],
  files: readonly OwnFile[],
): Chosen | null {
  if (map === "none") return { kind: "none", url: null, attribution: null, more: null };
  const file = files.find((one) => one.url === map);
  if (file)
    return file.problem === null
      ? { kind: "pmtiles", url: map, attribution: file.attribution || null, more: null }
      : null;
  const preset = known.find((one) => one.key === map);
  if (preset) {
    if (needsKey(preset) && key.trim() === "") return null;
    const address = preset.url.replace(KEY, encodeURIComponent(key.trim()));
    return { kind: preset.kind, url: address, attribution: preset.attribution || null, more: preset.more || null };
  }
  if (map !== "raster" && map !== "style") return null;
  const address = url.trim();
  if (!/^https?:\/\/./.test(address)) return null;
  return {
    kind: map,
    url: address,
    attribution: attribution.trim() || null,
    more: map === "style" ? more.trim() || null : null,
  };
}

/** The choice that the settings are: a known map where the address is one's, with the key that is in it. */
export function choiceOf({ kind, url, attribution, more }: Chosen, known: readonly Known[]): Choice {
  const choice = { map: kind as string, key: "", url: url ?? "", attribution: attribution ?? "", more: more ?? "" };
  if (kind === "none" || url === null) return { ...choice, map: "none" };
  if (kind === "pmtiles") return { map: url, key: "", url: "", attribution: "", more: "" };
  for (const preset of known) {
    const [before = "", after = ""] = preset.url.split(KEY);
    if (!needsKey(preset) ? url !== preset.url : !(url.startsWith(before) && url.endsWith(after))) continue;
    const held = url.slice(before.length, url.length - after.length);
    return { map: preset.key, key: needsKey(preset) ? decoded(held) : "", url: "", attribution: "", more: "" };
  }
  return choice;
}

export const needsKey = ({ url }: Known): boolean => url.includes(KEY);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
