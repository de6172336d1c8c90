import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, asked, chosenAthlete, Problem, reply, Unreachable } from "@/api/client";
import type { components } from "@/api/schema.d.ts";

type Schemas = components["schemas"];

export type ChatMessage = Schemas["ChatMessage"];
export type ChatAnswer = Schemas["ChatAnswer"];
export type Conversation = Schemas["Conversation"];
export type ConversationItem = Schemas["ConversationItem"];
export type ToolUse = Schemas["ToolUse"];

const CHAT = ["coach", "chat"];

/** The conversations with the coach, the newest first. */
export function useConversations() {
  return useQuery({
    queryKey: [...CHAT, "all"],
    queryFn: async ({ signal }) => (await reply(api.GET("/api/coach/chat", { signal }))).items,
  });
}

/** A conversation with its messages. */
export function useConversation(id: string) {
  return useQuery({
    queryKey: [...CHAT, "one", id],
    enabled: id !== "",
    queryFn: ({ signal }) =>
      reply(api.GET("/api/coach/chat/{conversation}", { params: { path: { conversation: id } }, signal })),
  });
}

export function useRemoveConversation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (conversation: string) =>
      reply(api.DELETE("/api/coach/chat/{conversation}", { params: { path: { conversation } } })),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: CHAT });
    },
  });
}

/** What comes of a question: pieces of the answer and tools that are asked, last the answer or why there is none. */
export type ChatEvent =
  { part: string } | { tool: ToolUse } | { interrupted: true } | { answer: ChatAnswer } | { error: string };

/** Ask a question; `on` is called for each event as it comes. Raises Problem and Unreachable. */
async function follow(
  text: string,
  conversation: string | null,
  on: (event: ChatEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const response = await fetch(`/api/coach/chat/stream${asked({ athlete: chosenAthlete() })}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Homestretch": "web" },
    body: JSON.stringify({ text, conversation }),
    signal,
  }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new Unreachable();
  });
  if (!response.ok || response.body === null) {
    const details = (await response.json().catch(() => ({}))) as Record<string, unknown>;
    throw new Problem(response.status, String(details.code ?? response.status), String(details.detail ?? ""), details);
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split("\n\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.startsWith("data: ")) on(JSON.parse(line.slice(6)) as ChatEvent);
  }
}

/** Ask a question of a conversation, null for a new one, and follow the answer. */
export function useAsk() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({
      text,
      conversation,
      on,
      signal,
    }: {
      text: string;
      conversation: string | null;
      on: (event: ChatEvent) => void;
      signal: AbortSignal;
    }) => follow(text, conversation, on, signal),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["coach"] });
    },
  });
}
