import type { Activity, Lap } from "@/api/types";
import { usePreferences } from "@/api/session";
import { sportLook } from "@/lib/activity/sports";
import type { Preferences } from "@/lib/preferences";
import { duration, joined, NOTHING, scaleOf, told, type Measure } from "@/lib/units";
import { Section } from "@/ui/layout/Page";
import { Table, type ColumnOf } from "@/ui/values/Table";
import { t } from "./text";

/** The activities that are compared, at least two; the others with the first. */
export interface Group {
  all: Activity[];
  /** What each is called here. */
  labels: string[];
}

type Field =
  | "distance_m"
  | "moving_s"
  | "elapsed_s"
  | "avg_speed_mps"
  | "max_speed_mps"
  | "ascent_m"
  | "avg_hr_bpm"
  | "max_hr_bpm"
  | "avg_power_w"
  | "max_power_w"
  | "avg_cadence_rpm"
  | "avg_temperature_c"
  | "calories_kcal";

interface Row {
  field: Field;
  name: string;
  measure: Measure | "duration";
}

/** The totals of all, and how the others differ from the first. No difference is good or bad by itself. */
export function TotalsBeside({ all, labels }: Group) {
  const wish = usePreferences();
  const [one] = all;
  if (!one) return null;
  const rows = rowsFor(one.sport).filter(({ field }) => all.some((activity) => activity[field] !== null));
  const shown = (row: Row, activity: Activity): string =>
    row.measure === "duration"
      ? duration(activity[row.field])
      : told(row.measure, activity[row.field], wish, activity.sport);
  const columns: ColumnOf<Row>[] = [
    { head: t("beside.figure"), words: true, cell: ({ name }) => name },
    ...all.slice(1).map((activity, at) => ({
      head: all.length === 2 ? t("beside.difference") : t("beside.difference_of", { name: labels[at + 1] ?? "" }),
      cell: (row: Row) => <span className="font-semibold">{difference(row, one, activity, wish)}</span>,
    })),
    ...all.map((activity, at) => ({ head: labels[at] ?? "", cell: (row: Row) => shown(row, activity) })),
  ];
  return (
    <Section title={t("beside.totals")}>
      <Table label={t("beside.totals")} rows={rows} columns={columns} keyOf={({ field }) => field} />
    </Section>
  );
}

function rowsFor(sport: string): Row[] {
  return [
    { field: "distance_m", name: t("total.distance"), measure: "distance" },
    { field: "moving_s", name: t("total.moving"), measure: "duration" },
    { field: "elapsed_s", name: t("total.elapsed"), measure: "duration" },
    {
      field: "avg_speed_mps",
      name: t(sportLook(sport).pace === "speed" ? "total.speed" : "total.pace"),
      measure: "speed",
    },
    { field: "max_speed_mps", name: t("beside.max_speed"), measure: "speed" },
    { field: "ascent_m", name: t("total.ascent"), measure: "elevation" },
    { field: "avg_hr_bpm", name: t("total.heart_rate"), measure: "heart_rate" },
    { field: "max_hr_bpm", name: t("beside.max_heart_rate"), measure: "heart_rate" },
    { field: "avg_power_w", name: t("total.power"), measure: "power" },
    { field: "max_power_w", name: t("beside.max_power"), measure: "power" },
    { field: "avg_cadence_rpm", name: t("beside.cadence"), measure: "cadence" },
    { field: "avg_temperature_c", name: t("beside.temperature"), measure: "temperature" },
    { field: "calories_kcal", name: t("beside.energy"), measure: "energy" },
  ];
}

/** The other's value less the first's, as both are shown; a pace is compared with a pace only. */
function difference({ field, measure }: Row, one: Activity, other: Activity, wish: Preferences): string {
  const [a, b] = [one[field], other[field]];
  if (a === null || b === null) return NOTHING;
  if (measure === "duration") return signed(b - a, duration(Math.abs(Math.round(b) - Math.round(a))));
  const [scale, second] = [one, other].map(({ sport }) => scaleOf(measure, wish, sport));
  if (!scale || !second || scale.unit !== second.unit || (scale.pace && (a <= 0 || b <= 0))) return NOTHING;
  const by = second.of(b) - scale.of(a);
  return signed(by, joined({ value: scale.format(Math.abs(by)), unit: scale.unit }));
}

const signed = (by: number, text: string): string =>
  by === 0 || /^[0:., ]*\D*$/.test(text) ? text : by < 0 ? `−${text}` : `+${text}`;

interface LapRow {
  index: number;
  laps: (Lap | undefined)[];
}

/** The laps of all, the first beside the first; only where each has some. */
export function LapsBeside({ all, labels }: Group) {
  const wish = usePreferences();
  if (all.some(({ laps }) => laps.length < 2)) return null;
  const rows = Array.from({ length: Math.max(...all.map(({ laps }) => laps.length)) }, (_, index) => ({
    index,
    laps: all.map(({ laps }) => laps[index]),
  }));
  const paced = sportLook(all[0]?.sport ?? "").pace !== "speed";
  const columns: ColumnOf<LapRow>[] = [
    { head: t("beside.lap"), words: true, cell: ({ index }) => index + 1 },
    ...all.flatMap(({ sport }, at): ColumnOf<LapRow>[] => {
      const name = labels[at] ?? "";
      return [
        {
          head: t("beside.lap_time", { name }),
          cell: ({ laps }) => duration(laps[at]?.timer_s ?? laps[at]?.elapsed_s),
        },
        {
          head: paced ? t("beside.lap_pace", { name }) : t("beside.lap_speed", { name }),
          cell: ({ laps }) => told("speed", laps[at]?.avg_speed_mps, wish, sport),
        },
      ];
    }),
  ];
  return (
    <Section title={t("beside.laps")}>
      <Table label={t("beside.laps")} rows={rows} columns={columns} keyOf={({ index }) => index} first={12} />
    </Section>
  );
}
