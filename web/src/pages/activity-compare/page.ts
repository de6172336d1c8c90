import type { PageInfo } from "@/ui/layout/pageInfo";

const compare = async () => (await import("./ActivityCompare")).ActivityCompare;

export const PAGE: PageInfo = {
  routes: {
    "activities/:id/compare": compare,
    "activities/:id/compare/:other": compare,
  },
};
