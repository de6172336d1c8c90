/** What the server says, as its API describes it; ids are strings, times ISO 8601, absent values null. */
import type { Preferences } from "@/lib/preferences";

export interface Account {
  id: string;
  username: string;
  is_admin: boolean;
  preferences: Partial<Preferences>;
}

export interface MapSetting {
  kind: "none" | "raster" | "style";
  url: string | null;
  attribution: string | null;
}

export interface Session {
  state: "setup" | "signed_out" | "signed_in";
  code_required: boolean;
  version: string;
  account: Account | null;
  athletes: { id: string; name: string; role: string }[];
  map: MapSetting;
}

export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
}

export interface Token {
  id: string;
  name: string;
  scope: "read" | "write";
  created_at: string;
  token?: string | null;
}

export interface Setting {
  key: string;
  value: string | number | null;
  locked: boolean;
  title: string;
  description: string;
  kind: "choice" | "text" | "number";
  choices?: string[] | null;
}

export type BatchState = "receiving" | "running" | "done" | "undone";
export type ItemStatus = "expected" | "arriving" | "waiting" | "imported" | "duplicate" | "skipped" | "failed" | "container";

export interface Batch {
  id: string;
  origin: "upload" | "cli" | "demo" | "manual";
  state: BatchState;
  created_at: string;
  finished_at: string | null;
  counts: Record<Exclude<ItemStatus, "container">, number>;
  files: number;
  bytes: number;
  bytes_received: number;
  activities: number;
  rate_per_s: number | null;
  eta_s: number | null;
  note: string | null;
}

export interface BatchItem {
  path: string;
  status: ItemStatus;
  size: number;
  received: number;
  activities: string[];
  notes: string[];
}

export interface ActivityItem {
  id: string;
  name: string | null;
  sport: string;
  sub_sport: string | null;
  start: string;
  start_local: string;
  zone: string | null;
  elapsed_s: number | null;
  timer_s: number | null;
  moving_s: number | null;
  distance_m: number | null;
  ascent_m: number | null;
  descent_m: number | null;
  avg_hr_bpm: number | null;
  max_hr_bpm: number | null;
  avg_power_w: number | null;
  max_power_w: number | null;
  avg_cadence_rpm: number | null;
  avg_speed_mps: number | null;
  max_speed_mps: number | null;
  calories_kcal: number | null;
  thumb: string | null;
  legs: string[];
  formats: string[];
  hidden: boolean;
  indoor: boolean;
}

export interface Lap {
  index: number;
  start_ms: number;
  start_s: number;
  end_s: number;
  elapsed_s: number | null;
  timer_s: number | null;
  moving_s: number | null;
  distance_m: number | null;
  ascent_m: number | null;
  avg_hr_bpm: number | null;
  max_hr_bpm: number | null;
  avg_power_w: number | null;
  max_power_w: number | null;
  avg_cadence_rpm: number | null;
  avg_speed_mps: number | null;
  trigger: string | null;
  totals: Record<string, number>;
}

export interface PoolLength {
  start_s: number;
  elapsed_s: number;
  active: boolean;
  stroke: string | null;
  strokes: number | null;
}

export interface ExerciseSet {
  start_s: number;
  duration_s: number;
  active: boolean;
  exercise: string | null;
  repetitions: number | null;
  weight_kg: number | null;
}

export interface DeviceInfo {
  role: string;
  manufacturer: string | null;
  product: string | null;
  serial: string | null;
  software: string | null;
  battery: string | null;
}

export interface RecordingInfo {
  id: string;
  source: string;
  format: string;
  original: string;
  name: string | null;
  path?: string | null;
  device: string | null;
  session: number;
  primary: boolean;
  notes: string[];
  fields: string[];
  channels: string[];
}

export interface Edit {
  id: string;
  at: string;
  verb: string;
  field: string | null;
  value: string | number | boolean | null;
  by: string | null;
  undone: boolean;
}

export interface Activity extends ActivityItem {
  description: string | null;
  track: string | null;
  bbox: [number, number, number, number] | null;
  device: { name: string | null } & Record<string, number | string | null>;
  laps: Lap[];
  lengths: PoolLength[];
  sets: ExerciseSet[];
  pauses: { start_s: number; end_s: number }[];
  devices: DeviceInfo[];
  recordings: RecordingInfo[];
  sources: Record<string, string>;
  reasons: Record<string, string>;
  parent: string | null;
  edits: Edit[];
  deleted: boolean;
  channels: { key: string; unit: string; label?: string | null }[];
}

export interface Streams {
  time_s: number[];
  distance_m: (number | null)[] | null;
  moving: number[];
  channels: Record<string, { unit: string; values: (number | null)[] }>;
  complete: boolean;
}

export interface Summary {
  sports: { sport: string; count: number }[];
  total: number;
  years: { year: number; count: number }[];
  distance_m: number;
  moving_s: number;
  ascent_m: number;
}

export interface NewActivity {
  sport: string;
  start_local: string;
  elapsed_s: number;
  distance_m?: number;
  ascent_m?: number;
  calories_kcal?: number;
  avg_hr_bpm?: number;
  name?: string;
  description?: string;
}

export type ActivityChange = Partial<Pick<Activity, "name" | "description" | "sport" | "sub_sport" | "hidden">>;
