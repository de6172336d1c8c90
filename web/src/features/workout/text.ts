import { texts } from "@/lib/text";

export const { own, t } = texts({
  "workout.profile": "Profile: {text}",
});
