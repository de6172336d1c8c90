import { texts } from "@/lib/text";

export const { own, t, many } = texts({
  "people.title": "People",
  "people.lead": "Who sees {name}’s data. Everybody signs in with an account of their own.",
  "people.role_of": "Role of {name}",
  "people.you": "you",
  "people.role_set": "{name} is {role} now",
  "people.remove": "Remove",
  "people.remove_title": "Remove {name}?",
  "people.remove_hint": "{name} sees this athlete no more. Another invitation brings them back.",
  "people.removed": "{name} was removed",
  "people.leave": "Leave",
  "people.leave_title": "Leave {name}?",
  "people.leave_hint": "You see this athlete no more, until somebody invites you again.",

  "athletes.title": "Athletes",
  "athletes.lead": "Each person whose data is kept here, such as a child without an account. You own what you add.",
  "athletes.show": "Show",
  "athletes.shown": "shown now",
  "athletes.add": "Add athlete",
  "athletes.added": "{name} added",
  "athletes.name": "Name",
  "athletes.rename": "Rename",
  "athletes.renamed": "Name saved",
  "athletes.delete": "Delete",
  "athletes.delete_title": "Delete {name} with all data?",
  "athletes.delete_hint":
    "No one sees {name} from now on, and nothing is fetched or sent. You can restore everything here for seven days. Then all activities, originals, health data, plans and photos are deleted for good. Backups made before keep them until they are removed.",
  "athletes.type": "Type {name} to delete",
  "athletes.removed": "Deleted athletes",
  "athletes.until": "gone for good {day}",
  "athletes.restore": "Restore",
  "athletes.restored": "{name} is back",

  "me.delete": "Delete account",
  "me.delete_lead":
    "Your account, sign-ins and tokens are deleted at once. Athletes that only you own are seen by no one from now on, and are deleted with all data after seven days; until then an administrator can restore them on the server.",
  "me.delete_type": "Type {name} to delete your account",
});
