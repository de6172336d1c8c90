import { texts } from "@/lib/text";

export const { own, t, many } = texts({
  "plan.approve": "Approve",
  "plan.approve_anyway": "Approve anyway",
  "plan.why_anyway": "Why is it right although it breaks a rule?",
  "plan.approved": "Version {version} is in force",
  "plan.reject": "Reject",
  "plan.rejected": "Version {version} rejected",
  "plan.again": "Plan again from today",
  "plan.made": "Version {version} waits for your approval",
  "plan.remove": "Remove plan",
  "plan.removed": "Plan removed",
  "plan.more": "More",
  "plan.sums": "Version {version} · {from} to {to} · {hours} · load {load}",
  "plan.ahead": "Fitness and form to come",
  "plan.race_form": "Form on the morning of the event: {form}",
  "plan.keeps": "Keeps all your rules.",
  "plan.dropped": "Left out: {what}",

  "ask.label": "Ask for a change",
  "ask.example": "I am on a work trip from Tuesday to Thursday",
  "ask.send": "Ask",

  "weeks.title": "Weeks",
  "weeks.picture": "Load of each week: {loads}",
  "weeks.week": "Week {number}, from {day}",
  "weeks.words": "{phase}: {kind}, {hours}, load {load} of {goal}",
  "weeks.why": "Goal: {why}",

  "grid.title": "Days",
  "grid.hint":
    "Drag a session to another day, use its menu, or press M and the arrow keys. Nothing changes until you save.",

  "versions.title": "Versions",
  "versions.number": "Version {number}",
  "versions.author_person": "by hand",
  "versions.author_planner": "by the planner",
  "versions.author_model": "by {model}",
  "versions.compare": "What changed",
  "versions.from": "from version {parent}",
});
