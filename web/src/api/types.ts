/** What the server says, by the names the pages use; the shapes come from its own description (`npm run types`). */
import type { Preferences } from "@/lib/preferences";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Account = Omit<Schemas["Account"], "preferences"> & { preferences: Partial<Preferences> };
export type MapSetting = Schemas["MapSetting"];
export type MapPreset = Schemas["MapPreset"];
export type MapFile = Schemas["MapFile"];
export type MapChoices = Schemas["MapChoices"];
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
export type Athlete = Schemas["Athlete"];
export type Demo = Schemas["Demo"];
export type RecordChange = Schemas["RecordChange"];
export type RecordEffort = Schemas["RecordEffort"];
export type RecordList = Schemas["RecordList"];
export type Medal = Schemas["Medal"];

/** The activity with the most of a figure. */
export interface RecordTotal {
  key: string;
  unit: string;
  quantity: string;
  value: number;
  activity: string;
  name: string;
  day: string;
}

export type Records = Omit<Schemas["Records"], "totals" | "details"> & {
  totals: RecordTotal[];
  details: Record<string, number | string | undefined>;
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

export type SourceDescription = Schemas["SourceDescription"];
export type AuthMethod = Schemas["AuthMethod"];
export type AskedField = Schemas["AskedField"];
export type SyncRun = Schemas["SyncRun"];
export type Connection = Schemas["Connection"];
export type Connections = Schemas["Connections"];
export type OrderPreview = Schemas["OrderPreview"];
export type Losses = Schemas["Losses"];
export type Gaps = Schemas["Gaps"];
export type SyncLog = Schemas["SyncLog"];
export type LogLine = Schemas["LogLine"];
export type SheetPreview = Schemas["SheetPreview"];
export type Review = Schemas["Review"];
export type ReviewSide = Schemas["ReviewSide"];
export type BroughtBy = Schemas["ProvenanceOf"];
export type Reason = Schemas["Reason"];
export type Compared = Schemas["Compared"];
export type ComparedCell = Schemas["ComparedCell"];
export type ComparedItem = Schemas["ComparedItem"];
export type ComparedSource = Schemas["ComparedSource"];
export type OnlyThere = Schemas["OnlyThere"];
export type Proposal = Schemas["Proposal"];
export type NoticeItem = Schemas["Notice"];
export type NoticeList = Schemas["Notices"];
