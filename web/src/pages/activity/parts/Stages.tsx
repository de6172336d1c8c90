import type { Tagged } from "@/api/activities/activities";
import { usePreferences } from "@/api/session";
import type { Climb, Interval, Split } from "@/api/types";
import type { Stretch } from "@/charts/channels/frame";
import { sportLook } from "@/lib/activity/sports";
import { decimal, duration, joined, NOTHING, quantityOf, scaleOfUnit, told } from "@/lib/units";
import { Choose, showStretch } from "@/pages/activity/picture/stretch";
import { t } from "@/pages/activity/text";
import { Section } from "@/ui/layout/Page";
import { Table, type ColumnOf } from "@/ui/values/Table";

interface StagesProps<S> {
  stages: S[];
  activity: Tagged;
  onSelect: (stretch: Stretch) => void;
}

const FIRST = 12;

/** The climbs of the way; a press on one chooses its stretch. */
export function Climbs({ stages, onSelect }: StagesProps<Climb>) {
  const wish = usePreferences();
  if (stages.length === 0) return null;
  const places = new Map(stages.map((climb, at) => [climb, at + 1]));
  const percent = (value: number): string => `${decimal(value, 1)}%`;
  const columns: ColumnOf<Climb>[] = [
    {
      head: t("climbs.climb"),
      words: true,
      cell: (climb) => (
        <Choose
          name={t("climbs.choose", { number: places.get(climb) ?? 0 })}
          onChoose={() => {
            showStretch(onSelect, { from: climb.start_s, to: climb.end_s });
          }}
        >
          {places.get(climb)}
        </Choose>
      ),
    },
    { head: t("climbs.category"), words: true, cell: ({ category }) => category ?? NOTHING },
    { head: t("climbs.start"), cell: ({ start_m }) => told("distance", start_m, wish, undefined, 1) },
    { head: t("climbs.gain"), cell: ({ gain_m }) => told("elevation", gain_m, wish) },
    { head: t("climbs.length"), cell: ({ length_m }) => told("distance", length_m, wish) },
    { head: t("climbs.grade"), cell: ({ grade_pct }) => percent(grade_pct) },
    { head: t("climbs.max_grade"), cell: ({ max_grade_pct }) => percent(max_grade_pct) },
    { head: t("laps.time"), cell: ({ start_s, end_s }) => duration(end_s - start_s) },
    { head: t("climbs.speed"), cell: ({ vam_mph }) => joined(quantityOf(scaleOfUnit("m/h", 0, wish), vam_mph)) },
  ];
  return (
    <Section title={t("climbs.title")}>
      <Table label={t("climbs.title")} rows={stages} columns={columns} keyOf={({ start_s }) => start_s} />
    </Section>
  );
}

/** Equal parts of the way, each with a bar as long as it was fast. */
export function Splits({ stages, activity: { sport }, onSelect }: StagesProps<Split>) {
  const wish = usePreferences();
  if (stages.length < 2) return null;
  const places = new Map(stages.map((split, at) => [split, at + 1]));
  const fastest = Math.max(...stages.map((split) => split.speed_mps ?? 0), 0.1);
  const some = (field: keyof Split): boolean => stages.some((split) => split[field] !== null);
  const end = (split: Split): number => split.start_s + split.elapsed_s;
  const paced = sportLook(sport).pace !== "speed";
  const columns: ColumnOf<Split>[] = [
    {
      head: t("splits.split"),
      words: true,
      cell: (split) => (
        <Choose
          name={t("splits.choose", { number: places.get(split) ?? 0 })}
          onChoose={() => {
            showStretch(onSelect, { from: split.start_s, to: end(split) });
          }}
        >
          {places.get(split)}
        </Choose>
      ),
    },
    { head: t("laps.distance"), cell: (split) => told("distance", split.distance_m, wish, sport) },
    { head: t("laps.time"), cell: (split) => duration(split.moving_s) },
    {
      head: t(paced ? "total.pace" : "total.speed"),
      words: true,
      cell: (split) => (
        <span className="flex items-center gap-2">
          <span className="w-20 text-right">{told("speed", split.speed_mps, wish, sport)}</span>
          <span aria-hidden="true" className="h-3 w-32 max-sm:w-16">
            <span
              className="block h-full rounded-xs bg-accent"
              style={{ width: `${(100 * (split.speed_mps ?? 0)) / fastest}%` }}
            />
          </span>
        </span>
      ),
    },
    ...(some("gap_speed_mps")
      ? [{ head: t("splits.gap"), cell: (split: Split) => told("speed", split.gap_speed_mps, wish, sport) }]
      : []),
    ...(some("ascent_m")
      ? [{ head: t("total.ascent"), cell: (split: Split) => told("elevation", split.ascent_m, wish) }]
      : []),
    ...(some("avg_hr_bpm")
      ? [
          {
            head: t("total.heart_rate"),
            cell: (split: Split) => told("heart_rate", split.avg_hr_bpm, wish),
          },
        ]
      : []),
    ...(some("avg_power_w")
      ? [{ head: t("total.power"), cell: (split: Split) => told("power", split.avg_power_w, wish) }]
      : []),
  ];
  return (
    <Section title={t("splits.title")}>
      <Table label={t("splits.title")} first={FIRST} rows={stages} columns={columns} keyOf={({ start_s }) => start_s} />
    </Section>
  );
}

/** The hard parts that were found in the data. */
export function Intervals({ stages, activity: { sport }, onSelect }: StagesProps<Interval>) {
  const wish = usePreferences();
  if (stages.length === 0) return null;
  const places = new Map(stages.map((part, at) => [part, at + 1]));
  const by = (part: Interval, value: number | null): string =>
    told(part.kind === "power" ? "power" : "speed", value, wish, sport);
  const columns: ColumnOf<Interval>[] = [
    {
      head: t("intervals.interval"),
      words: true,
      cell: (part) => (
        <Choose
          name={t("intervals.choose", { number: places.get(part) ?? 0 })}
          onChoose={() => {
            showStretch(onSelect, { from: part.start_s, to: part.end_s });
          }}
        >
          {places.get(part)}
        </Choose>
      ),
    },
    { head: t("laps.start"), cell: ({ start_s }) => duration(start_s) },
    { head: t("laps.time"), cell: ({ start_s, end_s }) => duration(end_s - start_s) },
    { head: t("laps.distance"), cell: (part) => told("distance", part.distance_m, wish, sport) },
    { head: t("intervals.mean"), cell: (part) => by(part, part.mean) },
    { head: t("intervals.highest"), cell: (part) => by(part, part.highest) },
    { head: t("total.heart_rate"), cell: (part) => told("heart_rate", part.avg_hr_bpm, wish) },
  ];
  return (
    <Section title={t("intervals.title")}>
      <p className="-mt-1.5 mb-2 text-sm text-ink-2">{t("intervals.hint")}</p>
      <Table
        label={t("intervals.title")}
        first={FIRST}
        rows={stages}
        columns={columns}
        keyOf={({ start_s }) => start_s}
      />
    </Section>
  );
}
