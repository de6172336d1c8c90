/** What the server says, by the names the pages use; the shapes come from its own description (`npm run types`). */
import type { Preferences } from "@/lib/preferences";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Account = Omit<Schemas["Account"], "preferences"> & { preferences: Partial<Preferences> };
export type MapSetting = Schemas["MapSetting"];
export type Session = Omit<Schemas["SessionState"], "account"> & { account: Account | null };
export type Token = Omit<Schemas["Token"], "token"> & { token?: string | null };
export type Setting = Schemas["OptionState"];
export type NewAccount = Schemas["NewAccount"];

export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
}

export type BatchItem = Schemas["Item"];
export type ItemStatus = BatchItem["status"];
export type Batch = Omit<Schemas["Batch"], "counts"> & { counts: Record<Exclude<ItemStatus, "container">, number> };

export type ActivityItem = Schemas["ActivityItem"];
export type Activity = Schemas["Activity"];
export type ActivityChange = Schemas["ActivityChange"];
export type NewActivity = Schemas["NewActivity"];
export type Summary = Schemas["ActivitySummary"];
export type Lap = Schemas["Lap"];
export type PoolLength = Schemas["Length"];
export type ExerciseSet = Schemas["ExerciseSet"];
export type DeviceInfo = Schemas["DeviceInfo"];
export type RecordingInfo = Schemas["RecordingInfo"];
export type Edit = Schemas["Edit"];
export type Streams = Schemas["Streams"];

export type { FrameBody } from "@/lib/frames";

/** A chart that there is: what it takes note of, and what some of that may be. */
export interface ChartInfo {
  key: string;
  title: string;
  asks: string[];
  choices: Record<string, string[]>;
}

/** A number (or a named choice), why it is missing or to be taken with care, and what version made it. */
export interface MetricValue {
  value: number | string | null;
  unit: string;
  reason: string | null;
  version: number;
}

/** What a metric is; `reads` are the thresholds that its family asks for. */
export interface MetricInfo {
  key: string;
  name: string;
  unit: string;
  decimals: number;
  fold: "sum" | "mean" | "max" | "min" | "last";
  trust: "measured" | "derived" | "estimated";
  cite: string;
  family: string;
  version: number;
  lower_is_better: boolean;
  choices: string[];
  reads: string[];
}

export interface ThresholdStated {
  family: string;
  valid_from: string;
  value: number;
}

/** What activities suggest a threshold to be: never applied by itself. */
export interface Suggestion {
  key: string;
  family: string;
  value: number;
  stated: number | null;
  activity: string;
  name: string;
  day: string;
  days: number;
}

export interface ThresholdInfo {
  key: string;
  name: string;
  unit: string;
  low: number;
  high: number;
  by_sport: boolean;
  note: string;
  now: Record<string, number>;
  history: ThresholdStated[];
  suggestions: Suggestion[];
}

/** A threshold from a day on; null takes that day's word back. */
export interface ThresholdChange {
  value: number | null;
  valid_from: string;
  family: string;
}

export interface RecordEffort {
  rank: number;
  value: number;
  activity: string;
  name: string;
  day: string;
  start_s: number;
}

/** The best efforts of a kind over a size: metres for `distance`, else seconds. */
export interface RecordList {
  kind: string;
  size: number;
  efforts: RecordEffort[];
}

export interface RecordTotal {
  key: string;
  unit: string;
  value: number;
  activity: string;
  name: string;
  day: string;
}

export interface Records {
  classes: { name: string; activities: number }[];
  name: string | null;
  items: RecordList[];
  totals: RecordTotal[];
  facts: Record<string, number | string | undefined>;
}

/** Seconds by zone: `bounds` are where they begin, `below` what is under the first. */
export interface Zones {
  method: string;
  unit: string;
  bounds: number[];
  seconds: number[];
  below: number;
  upper: boolean;
  estimated: boolean;
}

/** Seconds easy, moderate and hard, and what they are told from. */
export interface ZoneSplit {
  by: string;
  seconds: number[];
  index?: number;
  estimated: boolean;
}

export interface Climb {
  start_m: number;
  end_m: number;
  start_s: number;
  end_s: number;
  gain_m: number;
  length_m: number;
  grade_pct: number;
  max_grade_pct: number;
  score: number;
  category: string | null;
  vam_mph: number | null;
}

/** A part of the way, or of the time; null where it was not measured. */
export type Stage = { start_s: number; end_s: number } & Record<string, number | string | null | undefined>;

export interface Medal {
  kind: string;
  size: number;
  value: number;
  start_s: number;
  rank: number | null;
  rank_year: number | null;
  year: number;
}

/** What was reckoned of an activity besides its numbers. */
export interface Analysis {
  metrics: Record<string, MetricValue>;
  thresholds: Record<string, { value: number; estimated: boolean }>;
  measuring: boolean;
  zones: { power?: Zones; heart_rate?: Zones; pace?: Zones; split?: ZoneSplit };
  climbs: Climb[];
  intervals: Stage[];
  splits: Stage[];
  medals: Medal[];
  segments: unknown[];
  route: unknown;
}
