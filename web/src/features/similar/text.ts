import { texts } from "@/lib/text";

export const { own, t } = texts({
  "similar.table": "Similar activities",
  "similar.activity": "Activity",
  "similar.why": "Why similar",
  "similar.route": "Same route",
  "similar.place": "Same distance from the same place",
  "similar.compare": "Compare",
  "similar.compare_with": "Compare with {name}, {day}",
});
