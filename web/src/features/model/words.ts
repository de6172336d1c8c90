import { locale } from "@/lib/language";
import { t } from "./text";

const ACTIONS: Record<string, () => string> = {
  rule_parsing: () => t("model.rule_parsing"),
  plan_explanation: () => t("model.plan_explanation"),
  plan_change: () => t("model.plan_change"),
  workout_review: () => t("model.workout_review"),
  weekly_review: () => t("model.weekly_review"),
  question: () => t("model.question"),
};

/** What a model is asked for, in words; an action of a newer server keeps its own name. */
export const actionWords = (action: string): string => ACTIONS[action]?.() ?? action;

/** An amount in US dollars; small amounts keep four digits, since a call often costs less than a cent. */
export function dollars(usd: number): string {
  const digits = usd !== 0 && usd < 1 ? 4 : 2;
  return usd.toLocaleString(locale, {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: 2,
    maximumFractionDigits: digits,
  });
}

/** What a call took: tokens, cost and time, as far as they are known. */
export function cost(call: {
  tokens_in: number | null;
  tokens_out: number | null;
  usd: number | null;
  ms: number | null;
}): string {
  const { tokens_in: sent, tokens_out: answered, usd, ms } = call;
  const parts = [
    sent === null || answered === null
      ? null
      : t("model.tokens", { sent: sent.toLocaleString(locale), answered: answered.toLocaleString(locale) }),
    usd === null ? null : dollars(usd),
    ms === null ? null : t("model.took", { seconds: (ms / 1000).toLocaleString(locale, { maximumFractionDigits: 1 }) }),
  ];
  return parts.filter((part) => part !== null).join(" · ");
}

/** The same JSON on lines of its own; a text that is none stays as it is. */
export function readable(text: string): string {
  const document = parsed(text);
  return typeof document === "object" && document !== null ? JSON.stringify(document, null, 2) : text;
}

/** A message of a request: who speaks, and what. */
export interface Message {
  role: string;
  content: string;
}

/** The messages of a request; none where it is not one. */
export function messagesOf(sent: string): Message[] {
  const document = parsed(sent);
  if (typeof document !== "object" || document === null || !("messages" in document)) return [];
  const { messages } = document;
  if (!Array.isArray(messages)) return [];
  return messages.map((message: Record<string, unknown>) => ({
    role: String(message["role"]),
    content: typeof message["content"] === "string" ? message["content"] : JSON.stringify(message),
  }));
}

/** Who speaks in a request, in words. */
export function roleWords(role: string): string {
  const words: Record<string, string> = {
    system: t("model.system"),
    user: t("model.user"),
    assistant: t("model.assistant"),
    tool: t("model.tool"),
  };
  return words[role] ?? role;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
