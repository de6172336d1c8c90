import { texts } from "@/lib/text";

export const { own, t, many } = texts({
  "words.write_workout": "Review in words",
  "words.write_week": "Review the week in words",
  "words.write_explanation": "Explain this plan",
  "words.again": "Write again",
  "words.waiting": "Writing … This can take a minute; you may leave this page.",
  "words.by_model": "Written by {model} from your data; every number is put in by Homestretch.",
  "words.by_code": "Written by Homestretch itself.",
  "words.question": "A question for you",
  "words.unknown": "Not known: {what}",
  "words.hidden_one": "{count} activity was left out, as the terms of its source ask.",
  "words.hidden": "{count} activities were left out, as the terms of their sources ask.",
  "words.suggests": "What it suggests",
  "words.approve": "Make this version",
  "words.reject": "Not now",
  "words.approved": "Version {version} of the plan was made",
  "words.rejected": "Nothing was changed",
  "words.was_approved": "It became version {version}.",
  "words.was_rejected": "You decided against it.",
  "words.refused": "Left out, because rules forbid it: {what}",
  "words.see_call": "What was sent",

  "words.agree_title": "Before anything is sent",
  "words.agree_lead":
    "A language model at {endpoint} would write this. It has never had any data of yours. Look at what it would be sent; nothing goes out unless you agree.",
  "words.agree_names": "With names and notes of activities, as an administrator has chosen.",
  "words.agree_no_names": "Without names, notes, places and serial numbers.",
  "words.agree_look": "Look at what would be sent",
  "words.agree": "Agree and send",
  "words.agreed": "Agreed. You can take it back in Settings.",
});
