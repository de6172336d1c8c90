import { texts } from "@/lib/text";

export const { own, t, many } = texts({
  "grid.missed": "missed",
  "grid.skipped": "skipped",
  "grid.acts": "Change {title}",
  "grid.move": "Move to …",
  "grid.move_title": "Move {title}",
  "grid.day": "Day",
  "grid.shorter": "Shorten by a fifth",
  "grid.longer": "Lengthen by a fifth",
  "grid.easy": "Make it easy",
  "grid.drop": "Leave out",
  "grid.moving": "Moving {title} to {day}. Arrow keys choose the day, Enter puts it there, Escape leaves it.",

  "draft.count": "{count} changes, not saved yet",
  "draft.count_one": "1 change, not saved yet",
  "draft.fine": "Breaks no rule that held before.",
  "draft.week": "Week of {day}: {minutes} min, load {load}",
  "draft.form": "Form on race morning: {before} → {after}",
  "draft.save": "Save as a version",
  "draft.undo": "Undo the last",
  "draft.discard": "Discard",
  "draft.saved": "Version {version} waits for your approval",

  "changes.same": "No session is different.",
  "changes.moved": "{title}: {from} → {to}",
  "changes.added": "{title} added on {to}",
  "changes.removed": "{title} on {from} removed",
  "changes.changed": "{title} on {day}: {what}",
});
