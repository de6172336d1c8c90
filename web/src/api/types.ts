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
