import { texts } from "@/lib/text";

export const { own, t, many } = texts({
  "link.over": "This link leads nowhere",
  "link.over_lead": "It may have ended, or have been taken back. Ask for a new one.",
  "link.password": "This link has a password",
  "link.password_lead": "Ask for it where you got the link.",
  "link.open": "Open",
  "link.made_with": "Shared from Homestretch",

  "join.title": "{by} invites you",
  "join.athlete": "You will see the training of {athlete}.",
  "join.server": "You will have an account here, for your own training data.",
  "join.create": "Create account",
  "join.accept": "Accept as {name}",
  "join.has_account": "I have an account already",
  "join.already": "You are signed in as {name}. This invitation is for somebody without an account.",
  "join.leave": "To Homestretch",
  "join.over": "This invitation leads nowhere",
  "join.over_lead": "It may have ended, or have been used. Ask for a new one.",

  "alone.title": "No athlete yet",
  "alone.lead": "You see no one’s training at the moment. Begin with your own.",
  "alone.name": "Name",
  "alone.start": "Begin",

  "setup.title": "Welcome",
  "setup.lead": "Create the first account. You will be this server’s administrator.",
  "setup.code": "One-time code",
  "setup.code_hint": "Find it in the terminal or log where the server was started.",
  "setup.create": "Create account",

  "signin.title": "Sign in",
  "signin.lead": "Your training data, at home.",
  "signin.go": "Sign in",
  "signin.with": "Sign in with {name}",
  "signin.or": "or",
  "signin.wrong": "Wrong user name or password.",
  "signin.callback":
    "You are back from the provider, but not signed in at this address. A sign-in is valid for one host name (localhost and 127.0.0.1 are two). Sign in here to finish the connection.",
  "factor.title": "Enter your code",
  "factor.lead": "Your password was right. You have five minutes for the rest.",
  "factor.over": "Start over",
  "factor.must": "Set up a second factor",
  "factor.must_lead": "This server asks for a code besides your password. Set up an app for it now.",
  "factor.is_on": "Your authenticator app is switched on.",
  "signin.throttled": "Too many attempts. Try again in {wait}.",
});
