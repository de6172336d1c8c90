import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({ "found.chat": "Ask the coach", "found.chat_words": "chat question language model" });

export const PAGE: PageInfo = {
  routes: {
    "coach/chat": async () => (await import("./ChatPage")).ChatPage,
    "coach/chat/:conversation": async () => (await import("./ChatPage")).ChatPage,
  },
  found: [
    {
      to: routes.coachChat(),
      icon: "question",
      name: () => t("found.chat"),
      words: () => t("found.chat_words"),
      editor: true,
    },
  ],
};
