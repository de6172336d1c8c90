import { Link } from "react-router";

import { usePreferences } from "@/api/session";
import type { SegmentEffort, SegmentWhole } from "@/api/types";
import { sportLook } from "@/lib/activity/sports";
import { day } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { duration, told } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { Segmented } from "@/ui/controls/Field";
import { Section } from "@/ui/layout/Page";
import { Medal } from "@/ui/values/Medal";
import { Table, type ColumnOf } from "@/ui/values/Table";
import { t } from "./text";

const FIRST = 20;

/** By what the address tells an effort from the others. */
export const keyOf = ({ activity, start_s }: SegmentEffort): string => `${activity}@${Math.round(start_s)}`;

/** How much longer than the best: `+0:12`; nothing for the best itself. */
export function behind(seconds: number, best: number): string {
  return seconds - best < 0.05 ? "" : `+${duration(seconds - best)}`;
}

/** Every time on the segment; those chosen are compared below. */
export function Efforts({
  segment,
  sport,
  order,
  chosen,
  onOrder,
  onChoose,
}: {
  segment: SegmentWhole;
  sport: string;
  order: string;
  chosen: string[];
  onOrder: (order: string) => void;
  onChoose: (keys: string[]) => void;
}) {
  const { efforts } = segment;
  const best = efforts.find(({ rank }) => rank === 1);
  const last = efforts.at(-1);
  const rows = [...efforts].sort((a, b) => (order === "rank" ? a.rank - b.rank : b.start.localeCompare(a.start)));
  const toggle = (key: string): void => {
    onChoose(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key]);
  };
  const columns = useColumns(segment, sport, chosen, toggle);
  return (
    <Section
      title={t("segments.efforts")}
      actions={
        efforts.length > 1 && (
          <div className="flex flex-wrap items-center gap-2">
            {chosen.length === 0 && best && last && best !== last && (
              <Button
                kind="quiet"
                onClick={() => {
                  onChoose([keyOf(best), keyOf(last)]);
                }}
              >
                {t("segments.compare_last")}
              </Button>
            )}
            {chosen.length > 0 && (
              <Button
                kind="quiet"
                icon="close"
                onClick={() => {
                  onChoose([]);
                }}
              >
                {t("segments.compare_clear")}
              </Button>
            )}
            <Segmented
              name={t("activities.sort")}
              hideName
              value={order}
              onChange={onOrder}
              options={[
                { value: "rank", label: t("segments.fastest") },
                { value: "day", label: t("segments.newest") },
              ]}
            />
          </div>
        )
      }
    >
      {chosen.length === 1 && (
        <p role="status" className="-mt-1 mb-2 text-sm text-ink-2">
          {t("segments.compare_hint")}
        </p>
      )}
      <Table label={t("segments.efforts")} first={FIRST} rows={rows} columns={columns} keyOf={keyOf} />
    </Section>
  );
}

function useColumns(
  segment: SegmentWhole,
  sport: string,
  chosen: string[],
  toggle: (key: string) => void,
): ColumnOf<SegmentEffort>[] {
  const wish = usePreferences();
  const { efforts, length_m } = segment;
  const best = Math.min(...efforts.map(({ elapsed_s }) => elapsed_s));
  const some = (field: "avg_power_w" | "avg_hr_bpm"): boolean => efforts.some((effort) => effort[field] !== null);
  return [
    ...(efforts.length > 1
      ? [
          {
            head: t("segments.compare_col"),
            words: true,
            cell: (effort: SegmentEffort) => (
              <label className="inline-flex size-6 items-center justify-center pointer-coarse:size-11">
                <input
                  type="checkbox"
                  checked={chosen.includes(keyOf(effort))}
                  aria-label={t("segments.choose", { day: day(effort.day, wish, "plain") })}
                  onChange={() => {
                    toggle(keyOf(effort));
                  }}
                  className="size-4.5 accent-(--accent)"
                />
              </label>
            ),
          },
        ]
      : []),
    { head: t("segments.rank"), words: true, cell: ({ rank }) => <Medal rank={rank} /> },
    {
      head: t("segments.date"),
      words: true,
      cell: ({ activity, start_s, elapsed_s, day: on }) => (
        <Link
          to={routes.stretch(activity, start_s, start_s + elapsed_s)}
          className="font-medium text-accent underline-offset-4 hover:underline"
        >
          {day(on, wish)}
        </Link>
      ),
    },
    { head: t("segments.time"), cell: ({ elapsed_s }) => <span className="font-semibold">{duration(elapsed_s)}</span> },
    {
      head: t("segments.behind"),
      cell: ({ elapsed_s }) => <span className="text-ink-2">{behind(elapsed_s, best)}</span>,
    },
    {
      head: t(sportLook(sport).pace === "speed" ? "total.speed" : "total.pace"),
      cell: ({ elapsed_s }) => told("speed", length_m / elapsed_s, wish, sport),
    },
    ...(some("avg_power_w")
      ? [{ head: t("total.power"), cell: ({ avg_power_w }: SegmentEffort) => told("power", avg_power_w, wish) }]
      : []),
    ...(some("avg_hr_bpm")
      ? [{ head: t("total.heart_rate"), cell: ({ avg_hr_bpm }: SegmentEffort) => told("heart_rate", avg_hr_bpm, wish) }]
      : []),
    {
      head: t("segments.activity"),
      words: true,
      cell: ({ name }) => <span className="block max-w-64 truncate text-ink-2">{name}</span>,
    },
  ];
}
