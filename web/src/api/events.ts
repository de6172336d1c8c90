import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { refreshLists } from "@/api/activities/activities";
import { refreshPlans } from "@/api/coach/plans";
import { showBatch } from "@/api/sources/batches";
import { showSources } from "@/api/sources/sources";
import { showWork } from "@/api/sources/work";
import { address } from "./client";
import { showUnseen } from "./notices/notices";
import type { Batch, Connection } from "./types";

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

    let again = false;

    // At once, then at most every so often: an import changes the lists many times a second.
    const listsChanged = (): void => {
      again = refresh !== undefined;
      if (again) return;
      refreshLists(client);
      refresh = setTimeout(() => {
        refresh = undefined;
        if (again) listsChanged();
      }, LISTS_AT_MOST_EVERY_MS);
    };
    const open = (): void => {
      source = new EventSource(address("/api/events"));
      source.addEventListener("open", () => {
        // What was told during the silence is lost: ask for it.
        if (attempt > 0) void client.invalidateQueries();
        attempt = 0;
      });
      source.addEventListener("batch", (event) => {
        showBatch(client, JSON.parse(event.data as string) as Batch);
      });
      source.addEventListener("activities", listsChanged);
      source.addEventListener("work", (event) => {
        showWork(client, JSON.parse(event.data as string) as Parameters<typeof showWork>[1]);
      });
      source.addEventListener("sources", (event) => {
        showSources(client, (JSON.parse(event.data as string) as { items: Connection[] }).items);
      });
      source.addEventListener("plans", () => {
        refreshPlans(client);
      });
      source.addEventListener("notices", (event) => {
        showUnseen(client, (JSON.parse(event.data as string) as { unseen: number }).unseen);
      });
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
