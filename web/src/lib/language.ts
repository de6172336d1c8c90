/** What is said in a language, by the English text that it translates. */
export type Catalogue = Readonly<Record<string, string>>;

const FILES = import.meta.glob<Catalogue>("/src/translations/*.json", { import: "default" });
const KEPT = "language";

/** The codes of the languages of the app; each but English is a file of translations. */
export const LANGUAGES = ["en", ...Object.keys(FILES).map((path) => path.replace(/^.*\/|\.json$/g, ""))].sort();

/** The language of the app until the page is loaded again. */
export const language = languageOf(kept());

/** The manner of numbers and dates: as the browser says it of the same language, such as British English. */
export const locale = wished().find((one) => one.startsWith(language)) ?? language;

/** What English texts are in the language of the app; those that are missing stay English. */
export const translations: Catalogue = (await FILES[`/src/translations/${language}.json`]?.()) ?? {};

/** What the server says in English and the app in its language; nothing where that is English too. */
const server =
  language === "en" ? { fields: [], said: [], problems: {} } : (await import("@/lib/texts/server.json")).default;
export const serverFields: ReadonlySet<string> = new Set<string>(server.fields);
export const serverTexts: ReadonlySet<string> = new Set<string>(server.said);
export const serverProblems: Catalogue = server.problems;

/** Keep the language of an account on this device, null for the browser's; return whether the page must load again. */
export function keepLanguage(wish: string | null): boolean {
  if (wish === null) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, wish);
  return languageOf(kept()) !== language;
}

/** The name of a language as those who speak it write it. */
export function ownName(code: string): string {
  const name = new Intl.DisplayNames(code, { type: "language" }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}

function languageOf(wish: string | null): string {
  const codes = [wish, ...wished().map((one) => one.slice(0, 2))];
  return codes.find((code) => code !== null && LANGUAGES.includes(code)) ?? "en";
}

/** Workers and tests have no such store. */
function kept(): string | null {
  return typeof localStorage === "undefined" ? null : localStorage.getItem(KEPT);
}

/** The languages that the browser asks for, the dearest first. */
function wished(): readonly string[] {
  return typeof document === "undefined" ? ["en"] : navigator.languages;
}
