import type { QueryClient, QueryKey } from "@tanstack/react-query";

import { forgetKept, keep, kept, mayKeep } from "@/lib/vault";
import { chosenAthlete } from "./client";

/** Whether this device keeps what was opened, and when it was last opened with that. */
const WISH = "keep";
const DAY_MS = 86_400_000;
/** What was not opened for so long is kept no longer, and nothing is where the app was not opened for so long. */
const [OLDEST_MS, UNUSED_MS] = [30 * DAY_MS, 14 * DAY_MS];
/** So many answers are kept, none of them larger than this many characters. */
const MOST = 600;
const LARGEST = 2_000_000;
/** What links show ends with them, and their addresses are secret: neither is kept. */
const NEVER: unknown[] = ["shared", "shares"];

interface Answer {
  athlete: string;
  key: QueryKey;
  data: unknown;
  at_ms: number;
}

export const keepsOffline = (): boolean => mayKeep() && localStorage.getItem(WISH) !== null;

/** Keep what is opened from now on, what is open already too; or forget all of that. */
export async function wishOffline(client: QueryClient, wish: boolean): Promise<void> {
  if (!wish) {
    await forgetOffline();
    return;
  }
  localStorage.setItem(WISH, String(Date.now()));
  const cache = client.getQueryCache();
  await Promise.all(cache.getAll().map(({ queryKey, state }) => keepAnswer(queryKey, state.data, state.dataUpdatedAt)));
}

/** Forget what is kept here: on signing out, and where somebody else signs in. */
export async function forgetOffline(): Promise<void> {
  localStorage.removeItem(WISH);
  await forgetKept();
}

/** Keep each answer of the server from now on, where that is wished for; return what ends it. */
export function keepAnswers(client: QueryClient): () => void {
  return client.getQueryCache().subscribe((event) => {
    if (event.type !== "updated" || event.action.type !== "success" || event.action.manual || !keepsOffline()) return;
    const { queryKey, state } = event.query;
    keepAnswer(queryKey, state.data, state.dataUpdatedAt).catch(forgetOffline); // such as where the disk is full
  });
}

async function keepAnswer(key: QueryKey, data: unknown, at_ms: number): Promise<void> {
  if (NEVER.includes(key[0])) return;
  const answer: Answer = { athlete: chosenAthlete(), key, data, at_ms };
  if (data === undefined || JSON.stringify(data).length > LARGEST) return;
  await keep(JSON.stringify([answer.athlete, key]), answer, at_ms);
}

/** Show what is kept of the athlete that is chosen, as old as it is; return whether there was anything. */
export async function showKept(client: QueryClient): Promise<boolean> {
  if (!keepsOffline()) return false;
  const now = Date.now();
  if (Number(localStorage.getItem(WISH)) < now - UNUSED_MS) {
    await forgetOffline();
    return false;
  }
  localStorage.setItem(WISH, String(now));
  const answers = ((await kept(now - OLDEST_MS, MOST)) as Answer[]).filter(
    ({ athlete }) => athlete === chosenAthlete(),
  );
  for (const { key, data, at_ms } of answers)
    if (client.getQueryData(key) === undefined) client.setQueryData(key, data, { updatedAt: at_ms });
  return answers.length > 0;
}
