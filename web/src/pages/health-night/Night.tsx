import { useCallback } from "react";
import { useNavigate, useParams } from "react-router";

import { useNight } from "@/api/health";
import { usePreferences } from "@/api/session";
import type { HealthNight, NightDetail } from "@/api/types";
import { Lanes } from "@/charts/health/lanes/Lanes";
import { DayBar, useDayOf } from "@/features/health/DayBar";
import { HealthPage } from "@/features/health/HealthPage";
import { lanesOf } from "@/features/health/lanes";
import { sourceName, useOriginName } from "@/features/health/origins";
import { StageSums } from "@/features/health/StageSums";
import { day as dayWords } from "@/lib/dates";
import { nightSpan } from "@/lib/health/night";
import { routes } from "@/lib/routes";
import { decimal, NOTHING, span } from "@/lib/units";
import { Section } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { Figures, type Figure } from "@/ui/values/Figures";
import { Table } from "@/ui/values/Table";
import { t } from "./text";

const KINDS = ["heart_rate_bpm", "hrv_ms", "respiration_brpm", "spo2_pct", "stress"];

/** The night that ended on a day: its stages with what was measured through it, its times, and what follows. */
export function Night() {
  const { day: named = "" } = useParams();
  const day = useDayOf(named);
  const navigate = useNavigate();
  const { data, error, refetch } = useNight(day);
  const onDay = useCallback((next: string) => void navigate(routes.night(next)), [navigate]);
  return (
    <HealthPage title={t("night.title")} at="night" day={named}>
      <div className="mb-3">
        <DayBar day={day} onDay={onDay} />
      </div>
      {error && data === undefined ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <Waiting>
          <div className="skeleton h-[40rem]" />
        </Waiting>
      ) : data === null ? (
        <NoNight day={day} />
      ) : (
        <Detail night={data} />
      )}
    </HealthPage>
  );
}

function NoNight({ day }: { day: string }) {
  const wish = usePreferences();
  return (
    <div className="card">
      <Empty icon="moon" title={t("night.none", { day: dayWords(day, wish) })} hint={t("night.none_hint")} />
    </div>
  );
}

function Detail({ night }: { night: NightDetail }) {
  const wish = usePreferences();
  const originName = useOriginName();
  const { start_ms, end_ms, offset_s, hypnogram, courses } = night;
  return (
    <>
      <p className="mb-3 flex flex-wrap items-baseline gap-x-3">
        <span className="text-lg font-semibold">{nightSpan(night.start, night.end, wish)}</span>
        <span className="text-sm text-ink-2">{originName(night.source, night.device)}</span>
      </p>
      <Figures figures={figuresOf(night)} />
      <StageSums stages={night.stages} />
      <div className="card mt-4 p-2 pr-4">
        <Lanes
          title={t("night.course")}
          tableName={t("night.table")}
          window={{ start_ms, end_ms, offset_s: offset_s ?? 0 }}
          lanes={lanesOf(courses, KINDS, wish)}
          stages={hypnogram}
        />
      </div>
      {night.others.length > 0 && <Others nights={night.others} />}
    </>
  );
}

/** The numbers of a night; those that nothing tells are left out. */
function figuresOf(night: NightDetail): Figure[] {
  const time = (seconds: number): string => span(seconds);
  const rows: [name: string, value: number | null, shown: (value: number) => string, hint?: string][] = [
    [t("night.asleep"), night.asleep_s, time],
    [t("night.window"), night.window_s, time],
    [t("night.efficiency"), night.efficiency_pct, (share) => `${decimal(share)}%`, t("night.efficiency_hint")],
    [t("night.awakenings"), night.awakenings, decimal],
    [t("night.awake"), night.awake_after_onset_s, time],
    [t("night.latency"), night.latency_s, time],
    [t("night.score"), night.score, decimal, sourceName(night.source)],
    [t("night.need"), night.need_s, time],
    [t("night.debt"), night.debt_s, time, t("night.debt_hint")],
    [t("night.naps"), night.naps_s, time],
  ];
  return rows.flatMap(([name, value, shown, hint]) =>
    value === null ? [] : [{ name, value: shown(value), ...(hint !== undefined && { hint }) }],
  );
}

function Others({ nights }: { nights: HealthNight[] }) {
  const wish = usePreferences();
  const originName = useOriginName();
  const time = (seconds: number | null): string => (seconds === null ? NOTHING : span(seconds));
  return (
    <Section title={t("night.others")}>
      <p className="mb-2 text-sm text-ink-2">{t("night.others_lead")}</p>
      <Table
        label={t("night.others")}
        rows={nights}
        keyOf={({ source, device, start }) => `${source} ${device ?? ""} ${start}`}
        columns={[
          { head: t("night.device"), cell: ({ source, device }) => originName(source, device), words: true },
          { head: t("night.times"), cell: ({ start, end }) => nightSpan(start, end, wish) },
          { head: t("night.asleep"), cell: ({ asleep_s }) => span(asleep_s) },
          { head: t("night.deep"), cell: ({ stages }) => time(stages.deep_s) },
          { head: t("night.light"), cell: ({ stages }) => time(stages.light_s) },
          { head: t("night.rem"), cell: ({ stages }) => time(stages.rem_s) },
          { head: t("night.score"), cell: ({ score }) => (score === null ? NOTHING : decimal(score)) },
        ]}
      />
    </Section>
  );
}
