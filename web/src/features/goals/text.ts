import { texts } from "@/lib/text";

export const { own, t, many } = texts({
  "goal.this_week": "This week",
  "goal.this_month": "This month",
  "goal.this_year": "This year",
  "goal.each_week": "a week",
  "goal.each_month": "a month",
  "goal.each_year": "a year",
  "goal.name": "{sport}, {amount} {each}",
  "goal.of": "{done} of {target}",
  "goal.reached": "Reached",
  "goal.on_track": "On track",
  "goal.behind": "Behind",
  "goal.count_one": "{count} activity",
  "goal.count": "{count} activities",
  "goal.load": "{load} load",
});
