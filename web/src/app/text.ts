import { texts, type PlainOf } from "@/lib/text";

export const { own, t, many } = texts({
  "app.skip": "Skip to content",
  "app.offline": "You are offline. You can keep reading this page. Changes need the server.",
  "app.offline_since": "The server can’t be reached. You see what this device kept, as of {time}.",
  "app.crashed": "Something went wrong on this page",
  "app.crashed_hint": "This is a bug in the app. Your data is safe. Reloading usually helps.",
  "app.reload": "Reload",
  "app.navigation": "Main",
  "app.collapse": "Collapse sidebar",
  "app.expand": "Expand sidebar",

  "app.search": "Search",

  "nav.data": "Data",
  "nav.more": "More",
  "nav.uploading": "Uploading, {percent}",
  "nav.analysing_one": "Analysing {count} activity",
  "nav.analysing": "Analysing {count} activities",

  "demo.remove": "Remove demo",
  "athletes.all": "All athletes",

  "import.drop_anywhere": "Drop to import",

  "notifications.open_one": "{count} new notification",
  "notifications.open": "{count} new notifications",
});

/** Keys of texts that need nothing filled in. */
export type Plain = PlainOf<typeof own>;
