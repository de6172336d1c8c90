import { language, serverFields, serverProblems, serverTexts } from "@/lib/language";
import { fill, translated } from "@/lib/text";

/** What people may have written, of things that are theirs: those hold one of these fields, and no code of a notice. */
const WRITTEN = new Set(["name", "note", "text"]);
const THEIRS = ["activity", "id", "params", "sentence"];

/**
 * Put what the server says in an answer into the language of the app: titles, names and explanations that it has in
 * its source. What somebody wrote stays as it is, for it may be sent back. What a band of a chart is called is known by
 * its English label.
 */
export function inLanguage<T>(answer: T): T {
  if (language !== "en") walk(answer);
  return answer;
}

function walk(value: unknown): void {
  if (Array.isArray(value)) {
    // Samples are long, and hold no words.
    if (typeof value[0] === "object") value.forEach(walk);
  } else if (typeof value === "object" && value !== null) {
    const fields = value as Record<string, unknown>;
    const theirs = THEIRS.some((key) => key in fields) && !("code" in fields);
    for (const [key, held] of Object.entries(fields)) {
      if (typeof held === "object" && key !== "bands") walk(held);
      else if (typeof held === "string" && serverFields.has(key) && serverTexts.has(held))
        if (!(theirs && WRITTEN.has(key))) fields[key] = translated(held, "server");
    }
  }
}

/** What an error of the server says in the language of the app, or in English where that is not known. */
export function problemText(code: string, details: Record<string, unknown>): string | null {
  const say = (value: unknown): string | null => (typeof value === "string" && value !== "" ? translated(value) : null);
  const template = serverProblems[code] ?? "";
  const said = translated(template);
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(details)) {
    if (typeof value === "string") values[name] = value;
    else if (typeof value === "number") values[name] = String(Math.round(value));
  }
  const names = [...said.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  if (said !== template && names.every((name) => name in values)) return fill(said, values);
  return say(details.detail) ?? say(details.title);
}
