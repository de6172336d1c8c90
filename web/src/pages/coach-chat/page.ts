import type { PageInfo } from "@/ui/layout/pageInfo";

export const PAGE: PageInfo = {
  routes: {
    "coach/chat": async () => (await import("./ChatPage")).ChatPage,
    "coach/chat/:conversation": async () => (await import("./ChatPage")).ChatPage,
  },
};
