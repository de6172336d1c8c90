import type { PageInfo } from "@/ui/layout/pageInfo";

export const PAGE: PageInfo = {
  routes: {
    "year/:year": async () => (await import("./Year")).Year,
  },
};
