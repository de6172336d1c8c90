import type { PageInfo } from "@/ui/layout/pageInfo";

export const PAGE: PageInfo = {
  walks: true,
  routes: {
    "year/:year": async () => (await import("./Year")).Year,
  },
};
