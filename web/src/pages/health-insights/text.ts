import { texts } from "@/lib/text";

export const { own, t, many } = texts({
  "insights.title": "Insights",
  "insights.lead":
    "Questions that were fixed beforehand, asked of your own days up to {until}. Answers change once a month.",
  "insights.answered": "Answers",
  "insights.answered_none": "No question has enough evidence yet. Below is what each one still needs.",
  "insights.waiting": "Not enough evidence yet",
  "insights.waiting_hint": "Nothing to do: wear your device, and note days such as alcohol or travel.",
  "insights.compared": "Compared: {what}",

  "insights.interval": "{low} to {high} {unit}",
  "insights.no_link": "No clear link",
  "insights.within_noise": "smaller than devices err",

  "insights.top_third": "Top third",
  "insights.rest": "The rest",
  "insights.bottom_third": "Bottom third",
  "insights.noted": "Noted days",
  "insights.not_noted": "Other days",
  "insights.nights_one": "{count} night",
  "insights.nights": "{count} nights",
  "insights.weeks_one": "{count} week",
  "insights.weeks": "{count} weeks",
  "insights.sessions_one": "{count} session",
  "insights.sessions": "{count} sessions",

  "insights.progress": "Evidence for {outcome}",
  "insights.needs": "{has} of {needs}",
  "insights.need_pairs_nights_one": "Needs {count} more night with both values.",
  "insights.need_pairs_nights": "Needs {count} more nights with both values.",
  "insights.need_pairs_weeks_one": "Needs {count} more week with enough days.",
  "insights.need_pairs_weeks": "Needs {count} more weeks with enough days.",
  "insights.need_pairs_sessions_one": "Needs {count} more session of this kind.",
  "insights.need_pairs_sessions": "Needs {count} more sessions of this kind.",
  "insights.need_exposed_one": "Needs {count} more such day.",
  "insights.need_exposed": "Needs {count} more such days.",
  "insights.need_others_one": "Needs {count} more other day to compare with.",
  "insights.need_others": "Needs {count} more other days to compare with.",
  "insights.need_days_one": "Needs {count} more day between the first and the last value.",
  "insights.need_days": "Needs {count} more days between the first and the last value.",
  "insights.need_variation": "Needs days that differ from each other.",
  "insights.need_n_eff": "Days in a row are alike: these count as {has} independent ones, and {needs} are needed.",

  "insights.about": "What this is, and what it is not",
  "insights.about_link":
    "These days went together more often than by chance. That does not show that one caused the other: something else may lie behind both.",
  "insights.about_no_link": "Neither direction is clear. The difference between the groups may be chance.",
  "insights.about_noise":
    "There is a link, but the difference is no larger than {noise} {unit}, which a device may be off by.",
  "insights.about_groups":
    "Each bar spans the middle half of the values of a group, as differences from their mean. The line in it is the median. The answer is the difference of the two medians, with the range that holds it with 95 % certainty.",
  "insights.outcome": "Measure",
  "insights.median": "Difference of medians",
  "insights.r": "Correlation",
  "insights.r_of": "{r} ({low} to {high})",
  "insights.n": "Values compared",
  "insights.n_eff": "Worth independent ones",
  "insights.span": "From {first} to {last}",
  "insights.empty": "No insights yet",
  "insights.empty_hint": "They need at least two months of nights. Connect a source or import files of your watch.",
  "insights.connect": "Connect a source",
});
