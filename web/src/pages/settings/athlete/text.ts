import { texts } from "@/lib/text";

export const { own, t, many } = texts({
  "thresholds.lead":
    "Your thresholds and body data. Each value applies from its date, so past activities keep the value you had then. Values you have not set are estimated (≈) from your best efforts. Changes are recalculated in the background.",
  "thresholds.unset": "Not set",
  "thresholds.set": "Set",
  "thresholds.set_what": "Set {what}",
  "thresholds.value": "Value ({unit})",
  "thresholds.choice": "Value",
  "thresholds.hint_pace": "For example 4:35",
  "thresholds.bad": "Enter a value: {bounds}",
  "thresholds.for": "Sport",
  "thresholds.all_sports": "All sports",
  "thresholds.from": "From",
  "thresholds.history_one": "{count} dated value",
  "thresholds.history": "{count} dated values",
  "thresholds.delete": "Delete {value} from {day}",
  "thresholds.deleted": "{what} from {day} deleted",
  "thresholds.saved": "{what} set to {value}",
  "thresholds.suggests": "Suggested: {value} (your best {effort}, {day})",
  "thresholds.suggests_heart": "Suggested: {value} (your highest heart rate, {day})",
  "thresholds.estimated": "≈ {value}",
  "thresholds.estimated_why": "Estimated from your best efforts, your age or another threshold",
  "thresholds.keep": "Use this value",
  "thresholds.instead": "instead of {value}",
  "thresholds.apply": "Apply",
});
