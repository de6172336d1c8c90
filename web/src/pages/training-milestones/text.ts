import { texts } from "@/lib/text";

export const { own, t, many } = texts({
  "milestones.title": "Milestones",
  "milestones.none": "No milestones yet",
  "milestones.none_hint": "Your first activity is the first one. Milestones come by themselves from your activities.",
  "milestones.ahead": "Ahead",
  "milestones.to_go": "{amount} to go",
  "milestones.first": "First activity: {sport}",
  "milestones.first_any": "First activity",
  "milestones.activities": "{count} activities: {sport}",
  "milestones.activities_any": "{count} activities",
  "milestones.distance": "{amount}: {sport}",
  "milestones.distance_any": "{amount} in total",
  "milestones.year": "{amount} in {year}: {sport}",
  "milestones.year_any": "{amount} in {year}",
  "milestones.longest": "First {amount}: {sport}",
  "milestones.climb": "First {amount} of ascent: {sport}",
  "milestones.everests_one": "Mount Everest climbed, by and by",
  "milestones.everests": "Mount Everest climbed {count} times",
  "milestones.time": "{amount} of moving time",
  "milestones.streak": "{count} days in a row",
  "milestones.other": "{kind}: {amount}",
});
