import { expect, test } from "vitest";

import type { PageInfo } from "@/ui/layout/pageInfo";
import { PAGES, visitOf } from "./found";

const calendar = () => Promise.resolve(() => null);
const changes = () => Promise.resolve(() => null);
const walked: PageInfo = { walks: true, routes: { calendar, "calendar/:what": calendar, changes } };
const opened: PageInfo = { routes: { "activities/:id": changes } };

test("the months of a page that one walks through are one visit, and each activity is one of its own", () => {
  const visit = (path: string): string => visitOf(path, [walked, opened]);
  expect(visit("/calendar/2026-11")).toBe("calendar");
  expect(visit("/calendar")).toBe(visit("/calendar/2026-12"));
  expect(visit("/changes")).not.toBe(visit("/calendar"));
  expect(visit("/activities/a")).not.toBe(visit("/activities/b"));
  expect(visit("/nowhere")).toBe("/nowhere");
});

test("the pages with a picker of days or months are walked through", () => {
  for (const [one, other] of [
    ["/calendar/2026-11", "/calendar/2026-12"],
    ["/year/2025", "/year/2026"],
    ["/health/day/2026-11-01", "/health/day"],
    ["/health/night/2026-11-01", "/health/night/2026-11-02"],
    ["/compare", "/compare/2026-11"],
  ] as const)
    expect(visitOf(one)).toBe(visitOf(other));
  expect(PAGES.length).toBeGreaterThan(20);
});
