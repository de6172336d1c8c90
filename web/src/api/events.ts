import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { refreshLists } from "./activities";
import { showBatch } from "./batches";
import type { Batch } from "./types";

const LONGEST_WAIT_MS = 30_000;
const LISTS_AT_MOST_EVERY_MS = 2000;

/** Follow what the server tells while the app is open, and come back after every silence. */
export function useEvents(): void {
  const client = useQueryClient();
  useEffect(() => {
    let source: EventSource | null = null;
    let attempt = 0;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let refresh: ReturnType<typeof setTimeout> | undefined;

    const soon = (): void => {
      refresh ??= setTimeout(() => {
        refresh = undefined;
        refreshLists(client);
      }, LISTS_AT_MOST_EVERY_MS);
    };
    const open = (): void => {
      source = new EventSource("/api/events");
      source.addEventListener("open", () => {
        // What was told during the silence is lost: ask for it.
        if (attempt > 0) void client.invalidateQueries();
        attempt = 0;
      });
      source.addEventListener("batch", (event) => { showBatch(client, JSON.parse(event.data as string) as Batch); });
      source.addEventListener("activities", soon);
      source.addEventListener("error", () => {
        source?.close();
        retry = setTimeout(open, Math.min(LONGEST_WAIT_MS, 1000 * 2 ** attempt++));
      });
    };
    open();
    return () => {
      source?.close();
      clearTimeout(retry);
      clearTimeout(refresh);
    };
  }, [client]);
}
