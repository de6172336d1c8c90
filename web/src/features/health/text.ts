import { texts } from "@/lib/text";

export const { own, t, many } = texts({
  "health.pages": "Health pages",
  "health.tab_overview": "Overview",
  "health.tab_night": "Night",
  "health.tab_day": "Day",
  "health.tab_measures": "Measures",
  "health.tab_trends": "Trends",
  "health.tab_insights": "Insights",
  "health.tab_sources": "Sources",
  "health.tab_weight": "Weight",
  "health.tab_calendar": "Calendar",

  "health.day": "Day",
  "health.before": "Previous day",
  "health.after": "Next day",
  "health.today": "Today",

  "health.from": "{source}, {device}",
  "health.device": "Device {key}",

  "health.weight_label": "Weight ({unit})",
  "health.weight_save": "Save weight",
  "health.weight_saved": "Weight {weight} saved",
  "health.weight_bad": "Enter your weight as a number, such as {example}.",

  "health.notes": "Notes",
  "health.note_added": "{note} noted",
  "health.note_removed": "{note} removed",
  "health.note_until": "{note}, {from} – {to}",
  "health.note_remove": "Remove note: {note}",
  "health.level_ends": "1 {low}, 5 {high}",
  "health.level_of": "{note} {level} of 5",
  "health.note_text": "Add a note",
  "health.note_save": "Add",
  "health.mood_low": "very bad",
  "health.mood_high": "very good",
  "health.soreness_low": "none",
  "health.soreness_high": "severe",

  "health.week_mean": "7-day mean",

  "health.range": "Period",
  "health.range_30": "30 days",
  "health.range_90": "90 days",
  "health.range_365": "1 year",
  "health.range_all": "All",
});
