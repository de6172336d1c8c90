import { texts } from "@/lib/text";

export const { own, t, many } = texts({
  "year.title": "{year} in review",
  "year.other": "Other years",
  "year.more": "{percent} more than in {year}",
  "year.less": "{percent} less than in {year}",
  "year.same": "same as in {year}",
  "year.months": "Month by month",
  "year.week": "Biggest week",
  "year.efforts": "Best efforts of the year",
  "year.tracks": "All tracks",
  "year.none": "No activities in {year}",
  "year.none_hint": "Choose another year, or import missing activities.",
  "year.load": "Training load",
});
