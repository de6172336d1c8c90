import type { PageInfo } from "@/ui/page";

export const PAGE: PageInfo = {
  routes: {
    "activities/:id": async () => (await import("./Activity")).ActivityPage,
  },
};
