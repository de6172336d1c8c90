import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({ "nav.calendar": "Calendar" });

const calendar = async () => (await import("./Calendar")).Calendar;

export const PAGE: PageInfo = {
  walks: true,
  routes: {
    calendar: calendar,
    "calendar/:what": calendar,
  },
  place: { to: routes.calendar(), icon: "calendar", name: () => t("nav.calendar"), order: 20 },
};
