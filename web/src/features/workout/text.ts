import { texts } from "@/lib/text";

export const { own, t } = texts({
  "workout.threshold": "Threshold",
  "workout.profile": "Profile: {text}",
});
