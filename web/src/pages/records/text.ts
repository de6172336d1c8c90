import { texts, type PlainOf } from "@/lib/text";

export const { own, t, many } = texts({
  "records.title": "Records",
  "records.tab": "Type of record",
  "records.tab_efforts": "Efforts",
  "records.tab_segments": "Segments",
  "records.segments_none": "Your best time on each segment appears here.",
  "records.efforts": "Best efforts",
  "records.distance": "Fastest by distance",
  "records.power": "Highest power",
  "records.heart_rate": "Highest heart rate",
  "records.vam": "Climbing speed (VAM)",
  "records.speed": "Fastest by duration",
  "records.gap": "Fastest grade-adjusted pace",
  "records.cadence": "Highest cadence",
  "records.by_day": "Days",
  "records.eddington": "Eddington number",
  "records.eddington_hint": "{count} days of at least {distance}",
  "records.streak": "Longest streak",
  "records.active_days": "Active days",
  "records.days_one": "{count} day",
  "records.days": "{count} days",
  "records.none": "No best efforts yet",
  "records.none_hint": "Best efforts come from activities with distance, power or heart rate.",
  "records.accepted": "{what} of {name} counts in records again",
  "records.left_out_one": "{count} excluded",
  "records.left_out": "{count} excluded",
  "records.left_out_title": "Excluded from records",
  "records.left_out_hint":
    "You excluded these. They do not count in curves and estimates. Their activities still show them.",
  "records.accept": "Include again",
  "records.history": "History: {what}",
  "records.history_of": "{what}, {class}",
  "records.history_unit": "Unit",
  "records.history_holders": "Who held it when",
  "records.history_now": "best to this day",
  "records.history_held_one": "best for {count} day",
  "records.history_held": "best for {count} days",
  "records.history_faster": "{seconds} s faster",
});

/** Keys of texts that need nothing filled in. */
export type Plain = PlainOf<typeof own>;
