import type { PageInfo } from "@/ui/layout/pageInfo";

export const PAGE: PageInfo = {
  routes: {
    "activities/:id": async () => (await import("./Activity")).ActivityPage,
  },
};
