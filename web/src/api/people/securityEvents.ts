import { useInfiniteQuery } from "@tanstack/react-query";

import { address, api, reply } from "@/api/client";
import type { components } from "@/api/schema.d.ts";

type Schemas = components["schemas"];
export type SecurityEvent = Schemas["SecurityEvent"];
export type EventKind = SecurityEvent["kind"];
/** Whose events: the signed-in account's, the athlete's that is shown, or the whole server's. */
export type Whose = "account" | "athlete" | "server";
/** Which of the server's: of one kind, and by or about one account (its id); null for all. */
export interface Which {
  kind: EventKind | null;
  account: string | null;
}

const PAGE = 30;

export const ALL: Which = { kind: null, account: null };

const asked = ({ kind, account }: Which) => ({
  ...(kind === null ? {} : { kind: [kind] }),
  ...(account === null ? {} : { account: Number(account) }),
});

/** The security log, the newest first. */
export function useSecurityEvents(whose: Whose, which: Which) {
  return useInfiniteQuery({
    queryKey: ["security_events", whose, which],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: PAGE, cursor: pageParam };
      if (whose === "account") return reply(api.GET("/api/account/security-events", { params: { query }, signal }));
      if (whose === "athlete") return reply(api.GET("/api/people/security-events", { params: { query }, signal }));
      return reply(api.GET("/api/security-events", { params: { query: { ...query, ...asked(which) } }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

/** Where the chosen events of the server are downloaded as a table. */
export const securityTable = (which: Which): string =>
  address("/api/security-events/table.csv", { query: asked(which) });
