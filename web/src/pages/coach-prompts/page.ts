import type { PageInfo } from "@/ui/layout/pageInfo";

export const PAGE: PageInfo = {
  routes: {
    "coach/prompts": async () => (await import("./PromptsPage")).PromptsPage,
    "coach/prompts/:action": async () => (await import("./PromptPage")).PromptPage,
  },
};
