/** What the server says, by the names the pages use; the shapes come from its own description (`npm run types`). */
import type { components } from "./schema.d.ts";

type Schemas = components["schemas"];

export type Account = Schemas["Account"];
export type MapSetting = Schemas["MapSetting"];
export type MapPreset = Schemas["MapPreset"];
export type MapFile = Schemas["MapFile"];
export type MapChoices = Schemas["MapChoices"];
export type Session = Schemas["SessionState"];
export type Token = Schemas["Token"];
export type Setting = Schemas["OptionState"];
export type Backups = Schemas["Backups"];
export type BackupRun = Schemas["BackupRun"];
export type BackupPlanChange = Schemas["BackupPlanChange"];
export type ServerStatus = Schemas["ServerStatus"];
export type NewAccount = Schemas["NewAccount"];

export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
}

export type BatchItem = Schemas["Item"];
export type ItemStatus = BatchItem["status"];
export type Batch = Schemas["Batch"];

export type Today = Schemas["Today"];

export type ActivityItem = Schemas["ActivityItem"];
export type ListedActivity = Schemas["ListedActivity"];
export type Neighbour = Schemas["Neighbour"];
export type SavedFilter = Schemas["SavedFilter"];
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
export type Photo = Schemas["Photo"];
export type PhotoChange = Partial<Schemas["PhotoChange"]>;
export type Share = Schemas["Share"];
export type Shares = Schemas["Shares"];
export type NewShare = Schemas["NewShare"];
export type Subject = { kind: Share["kind"]; id: string };
export type SharedRoute = Schemas["SharedRoute"];
export type SharedRange = Schemas["SharedRange"];
export type SharedSummary = SharedRange["items"][number];
export type Shared = SharedActivity | SharedRoute | SharedRange;
export type ShareChange = Schemas["ShareChange"];
export type Aspect = NewShare["hidden"][number];
export type SharedActivity = Schemas["SharedActivity"];
export type SharedLap = Schemas["SharedLap"];
export type SimilarActivity = Schemas["SimilarActivity"];
export type Weather = Schemas["Weather"];
export type ActivityGap = Schemas["ActivityGap"];

export type { FrameBody } from "@/lib/charts/frames";

export type ChartInfo = Schemas["ChartInfo"];
export type MetricValue = Schemas["MetricValue"];
export type MetricInfo = Schemas["MetricInfo"];
export type ThresholdStated = Schemas["ThresholdStated"];
export type Suggestion = Schemas["Suggestion"];
export type ThresholdInfo = Schemas["ThresholdInfo"];
export type ThresholdChange = Schemas["ThresholdChange"];
export type Athlete = Schemas["Athlete"];
export type AthleteGlance = Schemas["AthleteGlance"];
export type Role = Athlete["role"];
export type Seen = Athlete["sees"][number];
export type Member = Schemas["Member"];
export type Invitation = Schemas["Invitation"];
export type Group = Schemas["Group"];
export type GroupRole = Group["role"];
export type GroupMember = Schemas["GroupMember"];
export type GroupAthlete = Schemas["GroupAthlete"];
export type GroupShowing = Schemas["GroupShowing"];
export type Demo = Schemas["Demo"];
export type RecordChange = Schemas["RecordChange"];
export type RecordEffort = Schemas["RecordEffort"];
export type RecordList = Schemas["RecordList"];
export type Medal = Schemas["Medal"];

export type RecordTotal = Schemas["RecordTotal"];
export type Records = Schemas["Records"];
export type Zones = Schemas["Zones"];
export type ZoneSplit = Schemas["ZoneSplit"];
export type Climb = Schemas["Climb"];
export type Interval = Schemas["Interval"];
export type Split = Schemas["Split"];
export type SegmentTime = Schemas["SegmentTime"];
export type Analysis = Schemas["Analysis"];

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
export type MatchQuestion = Schemas["MatchQuestion"];
export type QuestionSide = Schemas["QuestionSide"];
export type BroughtBy = Schemas["ProvenanceOf"];
export type CorrectionTool = Schemas["CorrectionTool"];
export type SplitPart = Schemas["SplitPart"];
export type CorrectionField = Schemas["CorrectionField"];
export type CorrectionPreview = Schemas["CorrectionPreview"];
export type CorrectionChart = Schemas["CorrectionChart"];
export type CorrectionBody = Schemas["CorrectionBody"];
export type LapMark = Schemas["LapMark"];
export type Reason = Schemas["Reason"];
export type Compared = Schemas["Compared"];
export type ComparedCell = Schemas["ComparedCell"];
export type ComparedItem = Schemas["ComparedItem"];
export type ComparedSource = Schemas["ComparedSource"];
export type OnlyThere = Schemas["OnlyThere"];
export type Proposal = Schemas["Proposal"];
export type NoticeItem = Schemas["Notice"];
export type NoticeList = Schemas["Notices"];

export type HealthOverview = Schemas["HealthOverview"];
export type HealthCard = Schemas["HealthCard"];
export type HealthDay = Schemas["HealthDay"];
export type HealthMeasure = Schemas["HealthMeasure"];
export type HealthNight = Schemas["HealthNight"];
export type HealthNote = Schemas["HealthNote"];
export type HealthKind = Schemas["HealthKind"];
export type HealthCourse = Schemas["HealthCourse"];
export type HealthInsight = Schemas["HealthInsight"];
export type HealthPriorities = Schemas["HealthPriorities"];
export type SharedKind = Schemas["SharedKind"];
export type TablePreview = Schemas["TablePreview"];
export type HealthTrend = Schemas["HealthTrend"];
export type NightDetail = Schemas["NightDetail"];
export type DayCourses = Schemas["DayCourses"];
export type WeightTrend = Schemas["WeightTrend"];
export type Weighing = Schemas["Weighing"];
