import { texts } from "@/lib/text";

export const { own, t, many } = texts({
  "notifications.none": "All quiet",
  "notifications.none_hint": "You’ll see problems with sources here.",
  "notifications.new": "New",
  "notifications.delete": "Delete notification",
  "notifications.source": "Open source",
  "notifications.show": "Show",
});
