import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({ "nav.segments": "Segments" });

export const PAGE: PageInfo = {
  routes: {
    segments: async () => (await import("./Segments")).Segments,
    "segments/:id": async () => (await import("./Segment")).SegmentPage,
  },
  place: { to: routes.segments, icon: "segment", name: () => t("nav.segments"), order: 70, group: "map" },
};
