import { texts } from "@/lib/text";

export const { own, t, many } = texts({
  "overview.title": "Health",
  "overview.synced": "Last synced {when}",
  "overview.measures": "Measures",
  "overview.all_hidden": "All cards are hidden. Arrange brings them back.",
  "overview.so_far": "so far",
  "overview.usual": "Usual {low}–{high}",
  "overview.no_usual": "No usual range yet",
  "overview.no_data": "No data",
  "overview.last_value": "Last value {day}",
  "overview.all_measures": "All measures",

  "overview.last_night": "Last night",
  "overview.night_of": "Night to {day}",
  "overview.asleep": "asleep",
  "overview.score": "Sleep score {score} ({source})",
  "overview.naps": "Naps {time}",
  "overview.no_night": "No night recorded for this day.",
  "overview.see_night": "Open night",

  "overview.readiness": "Readiness",
  "overview.of_100": "of 100",
  "overview.trend": "Open trend",
  "overview.readiness_lead": "Starts at 50. Each part adds or takes away points.",
  "overview.readiness_none": "Not enough data for readiness. It needs about two weeks of nights.",
  "overview.no_part": "no data",

  "overview.unusual_none": "Your night looks as usual.",
  "overview.unusual": "Your night differs from your usual: {signals}.",
  "overview.unusual_strong": "Your night differs strongly from your usual: {signals}.",
  "overview.unusual_plain": "Your night differs from your usual.",
  "overview.unusual_cause": "Possible reasons you have on record: {causes}.",
  "overview.hard_day": "hard day",
  "overview.unusual_after": "Often after: hard day, alcohol, heat, altitude, travel, cycle, illness.",

  "overview.weight": "Weight",
  "overview.see_weight": "All weights",

  "overview.empty": "No health data yet",
  "overview.empty_hint":
    "Connect Garmin or Google Health, import files of your watch or scale, or start with your weight.",
  "overview.connect": "Connect a source",
  "overview.empty_reader": "This athlete has no health data yet.",
});
