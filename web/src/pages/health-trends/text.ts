import { texts } from "@/lib/text";

export const { own, t, many } = texts({
  "trends.title": "Trends",
  "trends.first": "First measure",
  "trends.second": "Second measure",
  "trends.swap": "Swap the two measures",
  "trends.pair": "{one} and {two}",
  "trends.table": "Show both measures as a table",
  "trends.none": "Two measures are needed",
  "trends.none_hint":
    "Connect a source or import files. As soon as two measures have values, they can be compared here.",
  "trends.empty": "Neither measure has data in this period.",
  "trends.hint":
    "Two lines that rise together are not yet a link. Insights asks fixed questions with honest statistics.",
  "trends.insights": "Open insights",
});
