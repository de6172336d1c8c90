import type { PageInfo } from "@/ui/page";

export const PAGE: PageInfo = {
  routes: {
    "year/:year": async () => (await import("./Year")).Year,
  },
};
