import type { Tagged } from "@/api/activities/activities";
import { usePreferences } from "@/api/session";
import type { DeviceInfo, ExerciseSet, Lap, PoolLength } from "@/api/types";
import type { Stretch } from "@/charts/channels/frame";
import { deviceName, humanise, sportLook } from "@/lib/activity/sports";
import { duration, NOTHING, told, type Measure } from "@/lib/units";
import { Choose, showStretch } from "@/pages/activity/picture/stretch";
import { t } from "@/pages/activity/text";
import { Section } from "@/ui/layout/Page";
import { Table, type ColumnOf } from "@/ui/values/Table";

/** The laps; a click on one chooses its stretch on the charts and the map. */
export function Laps({ activity, onSelect }: { activity: Tagged; onSelect: (stretch: Stretch) => void }) {
  const wish = usePreferences();
  const { laps, sport } = activity;
  if (laps.length < 2) return null;
  const some = (field: keyof Lap): boolean => laps.some((lap) => lap[field] !== null);
  const number = (
    head: string,
    field:
      "distance_m" | "avg_speed_mps" | "ascent_m" | "avg_hr_bpm" | "max_hr_bpm" | "avg_power_w" | "avg_cadence_rpm",
    measure: Measure,
  ): ColumnOf<Lap>[] => (some(field) ? [{ head, cell: (lap) => told(measure, lap[field], wish, sport) }] : []);
  const columns: ColumnOf<Lap>[] = [
    {
      head: t("laps.lap"),
      words: true,
      cell: (lap) => (
        <Choose
          name={t("laps.select", { index: lap.index + 1 })}
          onChoose={() => {
            showStretch(onSelect, { from: lap.start_s, to: lap.end_s });
          }}
        >
          {lap.index + 1}
        </Choose>
      ),
    },
    ...labelled(laps),
    { head: t("laps.start"), cell: (lap) => duration(lap.start_s) },
    { head: t("laps.time"), cell: (lap) => duration(lap.timer_s ?? lap.elapsed_s) },
    ...number(t("laps.distance"), "distance_m", "distance"),
    ...number(t(sportLook(sport).pace === "speed" ? "total.speed" : "total.pace"), "avg_speed_mps", "speed"),
    ...number(t("total.ascent"), "ascent_m", "elevation"),
    ...number(t("total.heart_rate"), "avg_hr_bpm", "heart_rate"),
    ...number(t("total.max_heart_rate"), "max_hr_bpm", "heart_rate"),
    ...number(t("total.power"), "avg_power_w", "power"),
    ...number(t("total.cadence"), "avg_cadence_rpm", "cadence"),
  ];
  return (
    <Section title={t("laps.title")}>
      <Table label={t("laps.title")} rows={laps} columns={columns} keyOf={(lap) => lap.index} />
    </Section>
  );
}

const LABELS = {
  work: "laps.work",
  rest: "laps.rest",
  warm_up: "laps.warm_up",
  cool_down: "laps.cool_down",
} as const;

/** What a person says that the laps were, where any is labelled. */
function labelled(laps: readonly Lap[]): ColumnOf<Lap>[] {
  if (laps.every((lap) => lap.label === null)) return [];
  return [
    {
      head: t("laps.label"),
      words: true,
      cell: (lap) => (lap.label === null ? NOTHING : t(LABELS[lap.label])),
    },
  ];
}

/** The lengths of a pool, rests at the wall in grey. */
export function Lengths({ lengths }: { lengths: PoolLength[] }) {
  if (lengths.length === 0) return null;
  const number = new Map(lengths.filter((length) => length.active).map((length, at) => [length, at + 1]));
  const columns: ColumnOf<PoolLength>[] = [
    {
      head: t("lengths.length"),
      words: true,
      cell: (length) => (length.active ? number.get(length) : t("lengths.rest")),
    },
    { head: t("laps.start"), cell: (length) => duration(length.start_s) },
    { head: t("laps.time"), cell: (length) => duration(length.elapsed_s) },
    {
      head: t("lengths.stroke"),
      words: true,
      cell: (length) => (length.stroke === null ? NOTHING : humanise(length.stroke)),
    },
    { head: t("lengths.strokes"), cell: (length) => length.strokes ?? NOTHING },
  ];
  return (
    <Section title={t("lengths.title")}>
      <Table
        label={t("lengths.title")}
        rows={lengths}
        columns={columns}
        keyOf={(length) => length.start_s}
        muted={(length) => !length.active}
      />
    </Section>
  );
}

/** The sets of strength training, rests in grey. */
export function Sets({ sets }: { sets: ExerciseSet[] }) {
  const wish = usePreferences();
  if (sets.length === 0) return null;
  const number = new Map(sets.filter((set) => set.active).map((set, at) => [set, at + 1]));
  const columns: ColumnOf<ExerciseSet>[] = [
    { head: t("sets.set"), words: true, cell: (set) => (set.active ? number.get(set) : t("sets.rest")) },
    {
      head: t("sets.exercise"),
      words: true,
      cell: (set) => (set.exercise === null ? NOTHING : humanise(set.exercise)),
    },
    { head: t("sets.repetitions"), cell: (set) => set.repetitions ?? NOTHING },
    { head: t("sets.weight"), cell: (set) => told("weight", set.weight_kg, wish) },
    { head: t("laps.time"), cell: (set) => duration(set.duration_s) },
  ];
  return (
    <Section title={t("sets.title")}>
      <Table
        label={t("sets.title")}
        rows={sets}
        columns={columns}
        keyOf={(set) => set.start_s}
        muted={(set) => !set.active}
      />
    </Section>
  );
}

const keyOf = ({ role, manufacturer, product, serial, software }: DeviceInfo): string =>
  [role, manufacturer, product, serial, software].join();
const isKnown = ({ manufacturer, product, serial }: DeviceInfo): boolean =>
  (manufacturer ?? product ?? serial) !== null;

export function Devices({ devices }: { devices: DeviceInfo[] }) {
  // Files name a device each time it woke, and sensors of which nothing is known.
  const rows = [...new Map(devices.filter(isKnown).map((device) => [keyOf(device), device])).values()];
  if (rows.length === 0) return null;
  const some = (field: keyof DeviceInfo): boolean => rows.some((device) => device[field] !== null);
  const plain = (head: string, field: "serial" | "software" | "battery"): ColumnOf<DeviceInfo>[] =>
    some(field) ? [{ head, words: true, cell: (device) => device[field] ?? NOTHING }] : [];
  const columns: ColumnOf<DeviceInfo>[] = [
    { head: t("devices.role"), words: true, cell: (device) => humanise(device.role) },
    {
      head: t("devices.name"),
      words: true,
      cell: (device) => deviceName([device.manufacturer, device.product].filter(Boolean).join(" ")) || NOTHING,
    },
    ...plain(t("devices.serial"), "serial"),
    ...plain(t("devices.software"), "software"),
    ...plain(t("devices.battery"), "battery"),
  ];
  return (
    <Section title={t("devices.title")}>
      <Table label={t("devices.title")} rows={rows} columns={columns} keyOf={keyOf} />
    </Section>
  );
}
