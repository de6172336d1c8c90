import { texts } from "@/lib/text";

export const { own, t, many } = texts({
  "heat.title": "Health calendar",
  "heat.measure": "Measure",
  "heat.none": "No measures yet",
  "heat.none_hint": "Connect a source or import files. Then every day has its colour here.",
  "heat.hint": "Each square is a day, each column a week. Choose a day to open it.",
  "heat.at_most": "{value} and less",
  "heat.at_least": "{value} and more",
  "heat.trend": "Open trend",
});
