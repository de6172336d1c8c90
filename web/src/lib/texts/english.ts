import { codes } from "./codes";
import { common } from "./common";
import server from "./server.json";

const FILES = import.meta.glob<{ own?: Record<string, string> }>(
  ["/src/**/text.ts", "/src/pages/*/page.ts", "!/src/lib/text.ts"],
  { eager: true },
);

/** The texts of each room, by its folder. */
export const ROOMS: Readonly<Record<string, Readonly<Record<string, string>>>> = Object.fromEntries(
  Object.entries(FILES).flatMap(([path, { own }]) => (own === undefined ? [] : [[path.replace(/text\.ts$/, ""), own]])),
);

/** Every text of the app and of the server with its key, room by room: what translations are made from. */
export const ENGLISH: readonly (readonly [key: string, text: string])[] = [
  common,
  codes,
  ...Object.values(ROOMS),
  Object.fromEntries(server.said.map((text, at) => [`server.${String(at)}`, text])),
  server.problems,
].flatMap((room: Readonly<Record<string, string>>) => Object.entries(room));

const TEXTS = new Set(ENGLISH.map(([, text]) => text));
const KEYED = new Set([
  ...ENGLISH.map(([key, text]) => `[${key}] ${text}`),
  ...server.said.map((text) => `[server] ${text}`),
]);
const PLURAL = /^\[(zero|one|two|few|many)\] /;

/**
 * Whether the app can ask for the translation of a text: as it is, for its key (`server` of what the server says), or
 * as a plural form.
 */
export function isUsed(text: string): boolean {
  return TEXTS.has(text) || KEYED.has(text) || (PLURAL.test(text) && TEXTS.has(text.replace(PLURAL, "")));
}
