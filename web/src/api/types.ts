/** What the server says, by the names the pages use; the shapes come from its own description (`npm run types`). */
import type { Asked } from "@/lib/answers";
import type { GapRow } from "@/lib/gaps";
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

export type ChartInfo = Schemas["ChartInfo"];
export type MetricValue = Schemas["MetricValue"];
export type MetricInfo = Schemas["MetricInfo"];
export type ThresholdStated = Schemas["ThresholdStated"];
export type Suggestion = Schemas["Suggestion"];
export type ThresholdInfo = Schemas["ThresholdInfo"];
export type ThresholdChange = Schemas["ThresholdChange"];
export type RecordEffort = Schemas["RecordEffort"];
export type RecordList = Schemas["RecordList"];
export type Medal = Schemas["Medal"];

/** The activity with the most of a figure. */
export interface RecordTotal {
  key: string;
  unit: string;
  value: number;
  activity: string;
  name: string;
  day: string;
}

export type Records = Omit<Schemas["Records"], "totals" | "facts"> & {
  totals: RecordTotal[];
  facts: Record<string, number | string | undefined>;
};

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
export type Stage = { start_s: number; end_s: number; kind?: string } & Record<string, number | string | null | undefined>;

/** What was reckoned of an activity besides its numbers. */
export type Analysis = Omit<Schemas["Analysis"], "zones" | "climbs" | "intervals" | "splits" | "segments" | "route"> & {
  zones: { power?: Zones; heart_rate?: Zones; pace?: Zones; split?: ZoneSplit };
  climbs: Climb[];
  intervals: Stage[];
  splits: Stage[];
  segments: SegmentTime[];
  route: RouteItem | null;
};

/** An activity's time on a segment among all the times there are, and among those of its year. */
export interface SegmentTime {
  segment: string;
  name: string;
  start_s: number;
  elapsed_s: number;
  avg_power_w: number | null;
  avg_hr_bpm: number | null;
  rank: number | null;
  of: number;
  best_s: number;
  rank_year: number | null;
}

export type SegmentItem = Schemas["SegmentItem"];
export type SegmentWhole = Schemas["SegmentWhole"];
export type SegmentEffort = Schemas["SegmentEffort"];
export type RouteItem = Schemas["RouteItem"];
export type RouteWhole = Schemas["RouteWhole"];
export type RouteTime = Schemas["RouteTime"];
export type TileState = Schemas["TileState"];
export type HeatState = Schemas["HeatState"];
export type PrivacyZone = Schemas["PrivacyZone"];

export type { Asked } from "@/lib/answers";

/** A way to sign in to a source. */
export interface Way {
  key: string;
  title: string;
  help: string;
  fields: Asked[];
}

/** What can be connected, as it describes itself. */
export interface SourceKind {
  key: string;
  name: string;
  note: string;
  home: string;
  schedule: string;
  ways: Way[];
  settings: Asked[];
  kinds: { key: string; title: string; span: "activity" | "day" | "block" | "once" }[];
  terms: { may_link: boolean; may_show: boolean; may_compare: boolean; may_blend: boolean; may_llm: boolean; keep_days: number | null };
}

export interface SyncRun {
  id: string;
  reason: "schedule" | "hand" | "first";
  state: "waiting" | "running" | "done" | "stopped" | "failed";
  requests: number;
  fetched: number;
  empty: number;
  failed: number;
  left: number;
  asked_ms: number;
  began_ms: number | null;
  ended_ms: number | null;
  note: string | null;
}

export interface Connection {
  id: string;
  source: string;
  name: string;
  label: string;
  state: "ready" | "running" | "resting" | "question" | "sign_in" | "paused";
  reason: string | null;
  rest_until_ms: number | null;
  question: { text: string; fields: Asked[] } | null;
  schedule: string | null;
  next_ms: number | null;
  good_ms: number | null;
  paused: boolean;
  settings: Record<string, unknown>;
  run: SyncRun | null;
  last: SyncRun | null;
  requests_today: number;
  quota: { seconds: number; most: number; spent: number }[];
  backlog: { wanted: number; have: number; none: number; failed: number; gone: number; eta_s: number | null; reached: string | null; first: string | null };
  created_ms: number;
}

export interface Losses {
  activities: number;
  only_here: number;
  days: number;
  payloads: number;
  files: number;
}

export interface Gaps {
  from: string;
  to: string;
  rows: GapRow[];
}

export interface LogLine {
  id: string;
  at_ms: number;
  level: "info" | "warning" | "error";
  code: string;
  text: string;
}

export interface NoticeItem {
  id: string;
  at_ms: number;
  code: string;
  text: string;
  seen: boolean;
  connection: string | null;
}

export interface NoticeList {
  items: NoticeItem[];
  unseen: number;
}
