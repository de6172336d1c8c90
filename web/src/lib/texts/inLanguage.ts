import { language, serverProblems, serverTexts } from "@/lib/language";
import { fill, translated } from "@/lib/text";

/** Where answers hold what the server says, beside what people wrote themselves. */
const FIELDS = new Set([
  ...["about", "answer", "caveat", "detail", "exposure", "headline", "help", "label", "lacks", "name", "note"],
  ...["outcome_name", "purpose", "question", "reason", "secret", "sentence", "text", "title", "why"],
]);

/**
 * Put what the server says in an answer into the language of the app: titles, names and explanations that it has in
 * its source. Activities, and what has an `id`, were named by somebody, and keep their names; what a band of a chart
 * is called is known by its English label.
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
    const named = "id" in fields || "activity" in fields;
    for (const [key, held] of Object.entries(fields)) {
      if (typeof held === "object" && key !== "bands") walk(held);
      else if (typeof held === "string" && FIELDS.has(key) && serverTexts.has(held) && !(key === "name" && named))
        fields[key] = translated(held, "server");
    }
  }
}

/** What an error of the server says in the language of the app, or in English where that is not known. */
export function problemText(code: string, details: Record<string, unknown>): string | null {
  const say = (value: unknown): string | null => (typeof value === "string" && value !== "" ? translated(value) : null);
  const template = serverProblems[code] ?? "";
  const said = translated(template);
  const names = [...said.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const known = names.every((name) => ["string", "number"].includes(typeof details[name]));
  if (said !== template && known) return fill(said, details as Record<string, string | number>);
  return say(details.detail) ?? say(details.title);
}
