import { texts, type PlainOf } from "@/lib/text";

export const { own, t, many } = texts({
  "role.owner": "Owner",
  "role.editor": "Editor",
  "role.coach": "Coach",
  "role.viewer": "Viewer",
  "role.owner_may": "Everything, including sources, sharing and deleting.",
  "role.editor_may": "Sees everything, imports and edits activities.",
  "role.coach_may": "Sees everything, private places too. Changes plans, rules, goals and thresholds.",
  "role.viewer_may": "Sees activities, without private places, and no health data.",

  "invite.title": "Invite somebody",
  "invite.for": "Name",
  "invite.for_hint": "Only you see this name.",
  "invite.as": "As",
  "invite.open": "Open for",
  "invite.days": "{count} days",
  "invite.days_one": "{count} day",
  "invite.make": "Create invitation",
  "invite.once": "Pass on this link. It works once, and is shown only now.",
  "invite.link": "Invitation link",
  "invite.done": "Done",
  "invite.waiting": "Open invitations",
  "invite.until": "{role}, until {day}",
  "invite.account_until": "An account here, until {day}",
  "invite.revoke": "Take back",
  "invite.revoked": "The invitation leads nowhere now",
});
export type Plain = PlainOf<typeof own>;
