import { useNavigate, useParams } from "react-router";

import { useHealthKinds, useHealthTrend } from "@/api/health";
import { usePreferences } from "@/api/session";
import type { HealthKind, HealthTrend } from "@/api/types";
import { TrendChart } from "@/charts/health/trend/TrendChart";
import { HealthPage } from "@/features/health/HealthPage";
import { firstOf, RangePick } from "@/features/health/RangePick";
import { useTrendData } from "@/features/health/trendData";
import { today } from "@/lib/dates";
import { download } from "@/lib/files/download";
import { csvOf } from "@/lib/health/days";
import { healthQuantity } from "@/lib/health/values";
import { routes } from "@/lib/routes";
import { decimal } from "@/lib/units";
import { Button, ButtonLink } from "@/ui/controls/Button";
import { useAddress } from "@/ui/hooks/address";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { Figures } from "@/ui/values/Figures";
import { Also } from "@/ui/values/Also";
import { Told } from "@/ui/values/Measured";
import { t } from "./text";

const USUAL = { range: "90" };

/** One measure over days: what it was, what is usual, which device measured it, and what was noted. */
export function Measure() {
  const { key = "" } = useParams();
  const kinds = useHealthKinds();
  const kind = kinds.data?.find((one) => one.key === key);
  if (kinds.error && !kinds.data) return <Failure error={kinds.error} retry={() => void kinds.refetch()} />;
  if (!kinds.data)
    return (
      <Waiting>
        <div className="skeleton h-[40rem]" />
      </Waiting>
    );
  if (kind) return <Known key={key} kind={kind} />;
  return (
    <HealthPage title={t("measure.all")} at="measures">
      <div className="card">
        <Empty icon="health" title={t("measure.unknown")} hint={t("measure.unknown_hint")}>
          <ButtonLink to={routes.measures}>{t("measure.all")}</ButtonLink>
        </Empty>
      </div>
    </HealthPage>
  );
}

function Known({ kind }: { kind: HealthKind }) {
  const wish = usePreferences();
  const [{ range }, change] = useAddress(USUAL);
  const to = today(wish.zone);
  const from = firstOf(range, to, kind.first);
  const { data, error, refetch } = useHealthTrend(kind.key, from, to);
  return (
    <HealthPage
      title={kind.name}
      at="measures"
      actions={
        <>
          <ButtonLink icon="compare" to={routes.trends(kind.key)}>
            {t("measure.compare")}
          </ButtonLink>
          <ButtonLink icon="calendar" to={routes.healthCalendar(kind.key)}>
            {t("measure.heat")}
          </ButtonLink>
          {data && data.days.length > 0 && (
            <Button
              icon="download"
              aria-label={t("measure.csv_name", { measure: kind.name })}
              onClick={() => {
                download(new Blob([csvOf(kind.key, data.days)], { type: "text/csv" }), `${kind.key}.csv`);
              }}
            >
              {t("measure.csv")}
            </Button>
          )}
        </>
      }
    >
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <RangePick
          value={range}
          onChange={(next) => {
            change({ range: next });
          }}
        />
        <p className="text-sm">
          <Also names={kind.also_known_as} />
        </p>
      </div>
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : data?.key !== kind.key ? (
        <Waiting>
          <div className="skeleton h-96" />
        </Waiting>
      ) : (
        <Trend kind={kind} trend={data} from={from} to={to} />
      )}
    </HealthPage>
  );
}

function Trend({ kind, trend, from, to }: { kind: HealthKind; trend: HealthTrend; from: string; to: string }) {
  const navigate = useNavigate();
  const data = useTrendData(kind, trend, from, to);
  if (trend.days.length === 0)
    return (
      <div className="card">
        <Empty icon="health" title={t("measure.empty")} />
      </div>
    );
  return (
    <>
      <Sums kind={kind} trend={trend} count={data.values.length} />
      <div className="card mt-3 p-2">
        <TrendChart
          data={data}
          title={kind.name}
          tableName={t("measure.table", { measure: kind.name })}
          onOpen={(day) => void navigate(routes.healthDay(day))}
        />
      </div>
      {trend.baseline.length > 0 && <p className="mt-2 px-1 text-sm text-ink-2">{t("measure.usual_hint")}</p>}
      {data.eras.length > 1 && <p className="mt-1 px-1 text-sm text-ink-2">{t("measure.eras_hint")}</p>}
    </>
  );
}

/** The newest value, the mean, the extremes, and of how many days something is known. */
function Sums({ kind, trend: { days }, count }: { kind: HealthKind; trend: HealthTrend; count: number }) {
  const wish = usePreferences();
  const values = days.map(({ value }) => value);
  const last = values.at(-1);
  const shown = (value: number | undefined) => healthQuantity(kind, value, wish);
  const figures = [{ name: t("measure.latest"), value: <Told {...shown(last)} /> }];
  if (kind.choices.length === 0) {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const [low, high] = [shown(Math.min(...values)), shown(Math.max(...values))];
    figures.push({ name: t("measure.mean"), value: <Told {...shown(mean)} /> });
    figures.push({ name: t("measure.range"), value: <Told value={`${low.value}–${high.value}`} unit={high.unit} /> });
  }
  const share = t("measure.days_of", { known: decimal(days.length), count: decimal(count) });
  figures.push({ name: t("measure.days"), value: <Told value={share} unit="" /> });
  return <Figures figures={figures} />;
}
