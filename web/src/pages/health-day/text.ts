import { texts } from "@/lib/text";

export const { own, t, many } = texts({
  "health_day.title": "Day",
  "health_day.partial": "This day is not over, or your device has not synced since. Totals are so far.",
  "health_day.none": "No health data for {day}",
  "health_day.none_hint": "Nothing was measured on this day, or your device has not synced since.",
  "health_day.course": "Through the day",
  "health_day.table": "Show the day as a table",
  "health_day.no_course": "Only totals are there for this day, nothing through the day.",
  "health_day.sleep": "Sleep",
  "health_day.measures": "Measures",
  "health_day.order": "Order of sources",
  "health_day.order_of": "Order of sources for {measure}",
  "health_day.measure": "Measure",
  "health_day.value": "Value",
  "health_day.used": "Used",
  "health_day.others": "Others say",
  "health_day.share": "{value} from {origin}",
});
