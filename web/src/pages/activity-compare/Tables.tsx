import type { Activity, Lap } from "@/api/types";
import { usePreferences } from "@/api/session";
import { sportLook } from "@/lib/activity/sports";
import type { Preferences } from "@/lib/preferences";
import { duration, joined, NOTHING, scaleOf, told, type Measure } from "@/lib/units";
import { Section } from "@/ui/layout/Page";
import { Table, type ColumnOf } from "@/ui/values/Table";
import { t } from "./text";

export interface Pair {
  one: Activity;
  other: Activity;
  /** What each is called here. */
  labels: [string, string];
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

/** The totals of both, and how they differ. No difference is good or bad by itself. */
export function TotalsBeside({ one, other, labels }: Pair) {
  const wish = usePreferences();
  const rows = rowsFor(one.sport).filter(({ field }) => one[field] !== null || other[field] !== null);
  const shown = (row: Row, activity: Activity): string =>
    row.measure === "duration"
      ? duration(activity[row.field])
      : told(row.measure, activity[row.field], wish, activity.sport);
  const columns: ColumnOf<Row>[] = [
    { head: t("beside.figure"), words: true, cell: ({ name }) => name },
    {
      head: t("beside.difference"),
      cell: (row) => <span className="font-semibold">{difference(row, one, other, wish)}</span>,
    },
    { head: labels[0], cell: (row) => shown(row, one) },
    { head: labels[1], cell: (row) => shown(row, other) },
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
  one: Lap | undefined;
  other: Lap | undefined;
}

/** The laps of both, the first beside the first; only where both have some. */
export function LapsBeside({ one, other, labels }: Pair) {
  const wish = usePreferences();
  if (one.laps.length < 2 || other.laps.length < 2) return null;
  const rows = Array.from({ length: Math.max(one.laps.length, other.laps.length) }, (_, index) => ({
    index,
    one: one.laps[index],
    other: other.laps[index],
  }));
  const paced = sportLook(one.sport).pace !== "speed";
  const columns: ColumnOf<LapRow>[] = [
    { head: t("beside.lap"), words: true, cell: ({ index }) => index + 1 },
    ...([0, 1] as const).flatMap((at): ColumnOf<LapRow>[] => {
      const lapOf = (row: LapRow): Lap | undefined => (at === 0 ? row.one : row.other);
      const [name, sport] = [labels[at], at === 0 ? one.sport : other.sport];
      return [
        {
          head: t("beside.lap_time", { name }),
          cell: (row) => duration(lapOf(row)?.timer_s ?? lapOf(row)?.elapsed_s),
        },
        {
          head: paced ? t("beside.lap_pace", { name }) : t("beside.lap_speed", { name }),
          cell: (row) => told("speed", lapOf(row)?.avg_speed_mps, wish, sport),
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
