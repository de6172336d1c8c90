import { texts } from "@/lib/text";

export const { own, t } = texts({
  "search.title": "Go to",
  "search.field": "Search pages, activities, routes, segments and gear",
  "search.results": "Results",
  "search.none": "Nothing is called “{text}”",
  "search.none_hint": "Try part of a name, such as the place or the sport.",
  "search.pages": "Pages",
  "search.activities": "Activities",
  "search.places": "Routes, segments and gear",
  "search.actions": "Actions",
  "search.route": "Route",
  "search.segment": "Segment",
  "search.gear": "Gear",
  "search.light": "Light theme",
  "search.dark": "Dark theme",
  "search.system": "Theme of this device",
  "search.theme_words": "appearance colours mode night",
  "search.out_words": "log out leave",
});
