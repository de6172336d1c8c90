/** What an account wishes: how things look and in which units they are told. */
export interface Preferences {
  theme: "system" | "light" | "dark";
  units: "metric" | "imperial";
  week_start: "monday" | "sunday";
  time_format: "24" | "12";
  date_format: "auto" | "iso";
  zone: string | null;
  /** The code of the language of the app; null for that of the browser. */
  language: string | null;
  sidebar: "open" | "closed";
  /** The cards of health by their keys, in order; others follow them. */
  health_cards: string[];
  /** The cards of health that are not shown. */
  health_hidden: string[];
  /** The same of the cards of today. */
  today_cards: string[];
  today_hidden: string[];
  /** The columns of the list of activities by their keys, in order; without any, the usual ones. */
  activity_columns: string[];
}

export const DEFAULTS: Preferences = {
  theme: "system",
  units: "metric",
  week_start: "monday",
  time_format: "24",
  date_format: "auto",
  zone: null,
  language: null,
  sidebar: "open",
  health_cards: [],
  health_hidden: [],
  today_cards: [],
  today_hidden: [],
  activity_columns: [],
};

/** Fill what the account has not said with the defaults. */
export function preferencesOf(stored: Partial<Preferences> | null | undefined): Preferences {
  return { ...DEFAULTS, ...stored };
}
