import { texts } from "@/lib/text";

export const { own, t } = texts({
  "sessions.by_password": "password",
  "sessions.by_passkey": "passkey",
  "sessions.by_proxy": "proxy",

  "passkeys.part": "Passkeys",
  "passkeys.lead":
    "Sign in with the finger, face or PIN of a device, without your password. A passkey counts as a second factor.",
  "passkeys.none": "You have no passkey.",
  "passkeys.no_browser": "This browser can’t make passkeys at this address.",
  "passkeys.add": "Add passkey",
  "passkeys.name": "Name",
  "passkeys.name_hint": "What you call the device or password manager that keeps it.",
  "passkeys.next": "Your device asks for your finger, face or PIN next.",
  "passkeys.added": "{name} added",
  "passkeys.made": "added {when}",
  "passkeys.used": "last used {when}",
  "passkeys.unused": "not used yet",
  "passkeys.synced": "synced",
  "passkeys.rename": "Rename",
  "passkeys.rename_of": "Rename {name}",
  "passkeys.remove": "Remove",
  "passkeys.remove_of": "Remove {name}",
  "passkeys.remove_title": "Remove {name}?",
  "passkeys.remove_hint":
    "It no longer signs you in here. Delete it on the device too. Where it is signed in now, it stays signed in: sign out there below.",
  "passkeys.removed": "{name} removed",
  "resets.make": "Reset link",
  "resets.title": "New password for {name}",
  "resets.hint":
    "Make a link by which {name} sets a new password. It works once within 24 hours, and you don’t learn the password.",
  "resets.once": "Pass on this link. It works once until {when}, and is shown only now.",
  "resets.link": "Reset link for {name}",
});
