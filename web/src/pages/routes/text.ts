import { texts } from "@/lib/text";

export const { own, t, many } = texts({
  "courses.title": "Routes",
  "courses.none": "No routes yet",
  "courses.none_hint": "Repeat a course and it appears here with all your times.",
  "courses.count_one": "{count} route",
  "courses.count": "{count} routes",
  "courses.back": "All routes",
  "courses.times": "All times",
  "courses.trend": "Times by date",
  "courses.direction": "Direction",
  "courses.moving": "Moving time",
  "courses.rename": "Rename route",
  "courses.unname": "Use automatic name",
  "courses.named": "Route renamed to {name}",
  "courses.unnamed": "Route name is automatic again",
  "courses.ascent": "Ascent",
  "courses.counts": "Best time counts only efforts in the same direction.",
});
