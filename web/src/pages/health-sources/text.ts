import { texts } from "@/lib/text";

export const { own, t, many } = texts({
  "priority.title": "Order of sources",
  "priority.lead":
    "Where several sources or devices measure the same, this order decides which one holds. What you enter by hand always holds.",
  "priority.none": "No health data yet",
  "priority.none_hint": "Connect a source or import files. The order matters as soon as two of them measure the same.",
  "priority.one": "One source measures you, so there is nothing to put in order.",
  "priority.connect": "Connect a source",

  "priority.all": "All measures",
  "priority.all_hint": "Holds for every measure that has no order of its own below.",
  "priority.single": "Single measures",
  "priority.single_hint": "Measures that more than one source or device has. Open one to give it an order of its own.",
  "priority.single_none": "No measure has more than one source or device.",

  "priority.usual": "Usual order",
  "priority.own": "Your order",
  "priority.first": "{origin} first",
  "priority.up": "Move {origin} up",
  "priority.down": "Move {origin} down",
  "priority.days_one": "{count} day",
  "priority.days": "{count} days",
  "priority.last": "{days}, last {day}",

  "priority.union": "The first one’s total holds. What another one measured while the first was not worn is added.",
  "priority.baseline":
    "The first one that has most of the last 30 days holds for all of them, so that it does not change from night to night.",
  "priority.spot": "Every reading is kept. Of equal readings within a minute, the first one’s holds.",
  "priority.best": "The first one that has a value of the day holds.",

  "priority.draft": "Not saved",
  "priority.changes":
    "Saving calculates all days again: values, baselines and readiness of {what} follow the new order. Nothing that was measured is lost.",
  "priority.everything": "all measures",
  "priority.save": "Save order",
  "priority.discard": "Discard",
  "priority.reset": "Use the usual order",
  "priority.saved": "Order saved. Days are calculated again.",
  "priority.reset_done": "Usual order restored. Days are calculated again.",
});
