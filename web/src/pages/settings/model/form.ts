import type { ModelSettings, NewModelSettings } from "@/api/coach/model";

/** Endpoints that people have, by the address that they usually are at. */
export const EXAMPLES = [
  { name: "Ollama", url: "http://127.0.0.1:11434/v1" },
  { name: "LM Studio", url: "http://127.0.0.1:1234/v1" },
  { name: "OpenRouter", url: "https://openrouter.ai/api/v1" },
];

/** What the form holds, as it is typed; a key of null is kept as it is. */
export interface Answers {
  url: string;
  key: string | null;
  models: string;
  tokens: string;
  usd: string;
  keep: string;
  output: string;
  names: boolean;
  prices: ModelSettings["models"];
  timeout: number;
}

const USUAL = { tokens: "200000", keep: "30", timeout: 60 };

/** The answers that show how the model is set up. */
export function answersOf(settings: ModelSettings | null): Answers {
  return {
    url: settings?.url ?? "",
    key: null,
    models: settings?.models.map(({ name }) => name).join(", ") ?? "",
    tokens: settings ? String(settings.tokens_a_day ?? "") : USUAL.tokens,
    usd: String(settings?.usd_a_day ?? ""),
    keep: String(settings?.keep_days ?? USUAL.keep),
    output: settings?.output ?? "",
    names: settings?.names ?? false,
    prices: settings?.models ?? [],
    timeout: settings?.timeout_s ?? USUAL.timeout,
  };
}

const number = (text: string): number | null => (text.trim() === "" ? null : Number(text.replace(",", ".")));

/** What is sent of the answers; models keep the prices that are known. */
export function bodyOf({
  url,
  key,
  models,
  tokens,
  usd,
  keep,
  output,
  names,
  prices,
  timeout,
}: Answers): NewModelSettings {
  const chosen = models
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return {
    url: url.trim(),
    key,
    kind: null,
    models: chosen.map((name) => prices.find((one) => one.name === name) ?? { name, price_in: null, price_out: null }),
    output: output === "" ? null : (output as NewModelSettings["output"]),
    tokens_a_day: number(tokens),
    usd_a_day: number(usd),
    keep_days: number(keep) ?? Number(USUAL.keep),
    names,
    timeout_s: timeout,
  };
}
