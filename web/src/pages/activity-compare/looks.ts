/** At most so many activities are compared. */
export const MOST = 5;

/** How each is drawn: its line by key, its colour on the map and in charts, and dashes (px) that need no colour. */
export const LOOKS = [
  { key: "first", tone: "chart-speed", dash: [] },
  { key: "other", tone: "sport-run", dash: [8, 4] },
  { key: "third", tone: "accent", dash: [2, 3] },
  { key: "fourth", tone: "chart-power", dash: [12, 3, 2, 3] },
  { key: "fifth", tone: "chart-cadence", dash: [4, 8] },
] as const;

/** The number that marks each in the list and on the map. */
export const markOf = (at: number): string => String(at + 1);
