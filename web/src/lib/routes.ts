/** Where pages live; links are made here, so that a page can move without a search for its address. */
export const routes = {
  today: "/",
  activities: "/activities",
  /** Everybody whose data one sees. */
  athletes: "/athletes",
  /** The activities of a day. */
  activitiesOf: (day: string): string => `/activities?from=${day}&to=${day}`,
  /** An activity, and the filter of the list (a query) that the ones before and after it are taken from. */
  activity: (id: string, list = ""): string =>
    `/activities/${encodeURIComponent(id)}${list === "" ? "" : `?list=${encodeURIComponent(list)}`}`,
  /** An activity beside others, by default to choose which; `/compare` is another page, about sources. */
  activityCompare: (id: string, ...others: string[]): string =>
    [`${routes.activity(id)}/compare`, others.map(encodeURIComponent).join(",")].filter(Boolean).join("/"),
  /** An activity with a stretch of it chosen, in seconds since its start. */
  stretch: (id: string, from: number, to: number): string =>
    `${routes.activity(id)}?stretch=${Math.floor(from)}-${Math.ceil(to)}`,
  /**
   * The calendar of a month (`2026-11`), a year (`2026`) or the last twelve months (`year`); by default of this month.
   */
  calendar: (what = ""): string => (what === "" ? "/calendar" : `/calendar/${what}`),
  training: "/training",
  goals: "/training/goals",
  milestones: "/training/milestones",
  trainingHistory: "/training/history",
  trainingCharts: "/training/charts",
  /** How the athlete is on a day, by default today; `/health` alone is the server's own health check. */
  health: (day = ""): string => (day === "" ? "/health/overview" : `/health/overview?day=${day}`),
  healthDay: (day = ""): string => (day === "" ? "/health/day" : `/health/day/${day}`),
  /** The night that ended on a day, by default today. */
  night: (day = ""): string => (day === "" ? "/health/night" : `/health/night/${day}`),
  measures: "/health/measure",
  measure: (key: string): string => `/health/measure/${encodeURIComponent(key)}`,
  weight: "/health/weight",
  healthCalendar: (key = ""): string => (key === "" ? "/health/calendar" : `/health/calendar?key=${key}`),
  coach: "/coach",
  coachRules: "/coach/rules",
  /** A conversation with the coach, by default a new one. */
  coachChat: (id = ""): string => (id === "" ? "/coach/chat" : `/coach/chat/${encodeURIComponent(id)}`),
  /** What was sent to a language model and what came back, of all calls or of one. */
  coachCalls: "/coach/calls",
  coachCall: (id: string): string => `/coach/calls?call=${encodeURIComponent(id)}`,
  /** The prompts of the language model, of all actions or of one. */
  coachPrompts: "/coach/prompts",
  coachPrompt: (action: string): string => `/coach/prompts/${encodeURIComponent(action)}`,
  workouts: "/coach/workouts",
  /** A plan in the making and its versions. */
  plan: (id: string): string => `/coach/plan/${encodeURIComponent(id)}`,
  /** Two measures over the same days, by default the usual two. */
  trends: (one = ""): string => (one === "" ? "/health/trends" : `/health/trends?one=${one}`),
  insights: "/health/insights",
  /** Which sources come first, of one kind or of all. */
  healthSources: (kind = ""): string => (kind === "" ? "/health/sources" : `/health/sources?kind=${kind}`),
  workout: (id: string): string => `/coach/workouts/${encodeURIComponent(id)}`,
  workoutEdit: (id: string): string => `${routes.workout(id)}/edit`,
  /** A new workout, by default an empty one, else a copy. */
  workoutNew: (from = ""): string => (from === "" ? "/coach/workouts/new" : `/coach/workouts/new?from=${from}`),
  plannedRoutes: "/coach/routes",
  plannedRoute: (id: string): string => `/coach/routes/${encodeURIComponent(id)}`,
  records: "/records",
  segments: "/segments",
  segment: (id: string): string => `/segments/${encodeURIComponent(id)}`,
  gear: "/gear",
  routes: "/routes",
  route: (id: string): string => `/routes/${encodeURIComponent(id)}`,
  map: "/map",
  year: (year: number): string => `/year/${year}`,
  sources: "/sources",
  /** Where a provider sends a browser back to; the server and the provider know this address too. */
  callback: "/sources/callback",
  source: (id: string): string => `/sources/${encodeURIComponent(id)}`,
  duplicates: "/duplicates",
  /** The comparison of a month (`2026-11`), by default of the one that is. */
  compare: (month = ""): string => (month === "" ? "/compare" : `/compare/${month}`),
  changes: "/changes",
  import: "/import",
  settings: (section = "preferences"): string => `/settings/${section}`,
};

/** The token of a link to an activity, which is at an address of its own; null for all other addresses. */
export const linkToken = (path: string): string | null => /^\/s\/([\w-]+)\/?$/.exec(path)?.[1] ?? null;

/** The token of an invitation, which stands behind the # and so is sent to no server; null for all other addresses. */
export const invitationToken = (place: Place): string | null => behindHash("/join", place);

/** The token of a link for a new password, which stands behind the # too; null for all other addresses. */
export const resetToken = (place: Place): string | null => behindHash("/reset", place);

interface Place {
  pathname: string;
  hash: string;
}

const behindHash = (path: string, { pathname, hash }: Place): string | null =>
  pathname === path && hash.length > 1 ? hash.slice(1) : null;
