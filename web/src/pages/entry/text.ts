import { texts } from "@/lib/text";

export const { own, t, many } = texts({
  "link.over": "This link leads nowhere",
  "link.over_lead": "It may have ended, or have been taken back. Ask for a new one.",
  "link.password": "This link has a password",
  "link.password_lead": "Ask for it where you got the link.",
  "link.open": "Open",
  "link.made_with": "Shared from Homestretch",

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
