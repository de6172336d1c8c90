import { useMemo } from "react";
import { useNavigate } from "react-router";

import { useHealthKinds, useHealthTrend } from "@/api/health";
import { usePreferences } from "@/api/session";
import type { HealthKind } from "@/api/types";
import { HeatLegend } from "@/charts/health/trend/HeatLegend";
import { YearHeat } from "@/charts/health/trend/YearHeat";
import { HealthPage } from "@/features/health/HealthPage";
import { MeasurePick } from "@/features/health/MeasurePick";
import { quantiles } from "@/lib/charts/colour";
import { today } from "@/lib/dates";
import { healthQuantity, healthScale } from "@/lib/health/values";
import { routes } from "@/lib/routes";
import { joined } from "@/lib/units";
import { ButtonLink } from "@/ui/controls/Button";
import { useAddress } from "@/ui/hooks/address";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { t } from "./text";

const USUAL = { key: "" };
/** What is shown first, where the athlete has it. */
const FIRST = ["resting_heart_rate_bpm", "sleep_s", "steps", "weight_kg"];
/** Colours begin and end where few days lie beyond. */
const ENDS = [0.05, 0.95];

/** Every day of every year in the colour of a measure. */
export function HeatCalendar() {
  const { data: kinds, error, refetch } = useHealthKinds();
  const [{ key }, change] = useAddress(USUAL);
  const wanted = [key, ...FIRST].flatMap((one) => kinds?.filter((kind) => kind.key === one) ?? []);
  const kind = wanted[0] ?? kinds?.[0];
  return (
    <HealthPage title={t("heat.title")} at="calendar">
      {error && !kinds ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !kinds ? (
        <Waiting>
          <div className="skeleton h-96" />
        </Waiting>
      ) : !kind ? (
        <div className="card">
          <Empty icon="calendar" title={t("heat.none")} hint={t("heat.none_hint")} />
        </div>
      ) : (
        <>
          <div className="mb-3 flex flex-wrap items-center gap-2">
            <MeasurePick
              name={t("heat.measure")}
              kinds={kinds}
              value={kind.key}
              onChange={(next) => {
                change({ key: next });
              }}
            />
            <ButtonLink kind="quiet" to={routes.measure(kind.key)}>
              {t("heat.trend")}
            </ButtonLink>
          </div>
          <Years key={kind.key} kind={kind} />
        </>
      )}
    </HealthPage>
  );
}

function Years({ kind }: { kind: HealthKind }) {
  const wish = usePreferences();
  const navigate = useNavigate();
  const now = today(wish.zone);
  const first = kind.first ?? now;
  const { data, error, refetch } = useHealthTrend(kind.key, first, now);
  const values = useMemo(() => new Map(data?.days.map(({ day, value }) => [day, value])), [data]);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (data?.key !== kind.key)
    return (
      <Waiting>
        <div className="skeleton h-96" />
      </Waiting>
    );
  const [low = 0, high = 1] = quantiles([...values.values()], ENDS);
  const shown = (value: number): string => joined(healthQuantity(kind, value, wish));
  const newest = Number(now.slice(0, 4));
  const years = Array.from({ length: newest - Number(first.slice(0, 4)) + 1 }, (_, at) => newest - at);
  return (
    <div className="card p-4">
      <div className="mb-4 flex flex-wrap items-center justify-between gap-2">
        <p className="text-sm text-ink-2">{t("heat.hint")}</p>
        <HeatLegend low={t("heat.at_most", { value: shown(low) })} high={t("heat.at_least", { value: shown(high) })} />
      </div>
      {years.map((year) => (
        <YearHeat
          key={year}
          year={year}
          values={values}
          ends={[low, high]}
          scale={healthScale(kind, wish)}
          measure={kind.name}
          since={first}
          last={now}
          onOpen={(day) => void navigate(routes.healthDay(day))}
        />
      ))}
    </div>
  );
}
