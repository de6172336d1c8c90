import { texts } from "@/lib/text";

export const { own, t, many } = texts({
  "model.rule_parsing": "Read rules",
  "model.plan_explanation": "Explain a plan",
  "model.plan_change": "Change a plan",
  "model.workout_review": "Review a workout",
  "model.weekly_review": "Review a week",
  "model.question": "Answer a question",
  "model.tokens": "{sent} tokens sent, {answered} answered",
  "model.took": "{seconds}\u00a0s",
  "model.system": "Instructions",
  "model.user": "Data",
  "model.assistant": "Answer",
  "model.tool": "Answer of a tool",
  "model.request": "The whole request, as it was sent",
});
