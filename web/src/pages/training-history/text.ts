import { texts } from "@/lib/text";

export const { own, t } = texts({
  "history.title": "History",
  "history.range": "Period",
  "history.year": "1 year",
  "history.years": "3 years",
  "history.all": "All",
  "history.thresholds_empty": "Nothing set and no estimate yet.",
  "history.empty": "No activity shows this yet. It needs runs with heart rate, or rides with power.",
  "history.records": "Each record has its own history: open one on the Records page.",
});
