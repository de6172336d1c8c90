/** Where pages live; links are made here, so that a page can move without a search for its address. */
export const routes = {
  activities: "/activities",
  activity: (id: string): string => `/activities/${encodeURIComponent(id)}`,
  import: "/import",
  settings: (section = "preferences"): string => `/settings/${section}`,
};
