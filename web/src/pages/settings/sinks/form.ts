import type { SinkKind } from "@/api/sinks";
import type { AskedField } from "@/api/types";
import type { Answers } from "@/lib/sources/answers";

/** The one secret that is kept encrypted, apart from the settings. */
const PASSWORD = "password";

/** The settings of a sink as a form asks them; of one that is there, no secret is required again. */
export const fieldsOf = (kind: SinkKind): AskedField[] =>
  kind.fields.map((field) => ({
    ...field,
    kind: field.kind as AskedField["kind"],
    least: null,
    most: null,
    variable: null,
    aliases: [],
  }));

/** What a form says: its settings, and its password; a secret that is empty stays what it is. */
export function saidIn(fields: readonly AskedField[], answers: Answers): { settings: Answers; password?: string } {
  const settings: Answers = {};
  for (const { key, kind } of fields) {
    const typed = answers[key] ?? "";
    if (kind === "password" && typed === "") continue;
    if (key !== PASSWORD) settings[key] = typed.trim();
  }
  const password = answers[PASSWORD] ?? "";
  return password === "" ? { settings } : { settings, password };
}
