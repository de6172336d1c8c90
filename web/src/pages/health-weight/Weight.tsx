import { useMemo, useState } from "react";
import { useNavigate } from "react-router";

import { useHealthKinds, useHealthNotes, useWeight } from "@/api/health";
import { useMayEdit, usePreferences } from "@/api/session";
import type { WeightTrend } from "@/api/types";
import { TrendChart } from "@/charts/health/trend/TrendChart";
import type { TrendData } from "@/charts/health/trend/trend";
import { HealthPage } from "@/features/health/HealthPage";
import { noteDays } from "@/features/health/notes";
import { useOriginName } from "@/features/health/origins";
import { firstOf, RangePick } from "@/features/health/RangePick";
import { WeightEntry } from "@/features/health/WeightEntry";
import { today } from "@/lib/dates";
import { daysAfter, laidOut } from "@/lib/health/days";
import { healthScale } from "@/lib/health/values";
import { routes } from "@/lib/routes";
import { useAddress } from "@/ui/hooks/address";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { BodyMeasures } from "./BodyMeasures";
import { Rate } from "./Rate";
import { t } from "./text";
import { Weighings } from "./Weighings";

const USUAL = { range: "90" };
const WEIGHT = "weight_kg";

/** Weight: entered in one field, its trend with what each day lies above or below it, and every weighing. */
export function Weight() {
  const wish = usePreferences();
  const mayEdit = useMayEdit();
  const now = today(wish.zone);
  const [{ range }, change] = useAddress(USUAL);
  const [day, setDay] = useState(now);
  const kinds = useHealthKinds().data;
  const from = firstOf(range, now, kinds?.find(({ key }) => key === WEIGHT)?.first ?? null);
  const { data, error, refetch } = useWeight(from, now);
  return (
    <HealthPage title={t("weight.title")} at="weight">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        {mayEdit && (
          <div className="flex flex-wrap items-center gap-2">
            <input
              type="date"
              aria-label={t("weight.day")}
              value={day}
              max={now}
              className="touch rounded-lg border border-line bg-surface px-2 py-1.5 text-sm hover:border-line-strong"
              onChange={(event) => {
                setDay(event.target.value || now);
              }}
            />
            <WeightEntry day={day} last={data?.items[0]?.value ?? null} />
          </div>
        )}
        <RangePick
          value={range}
          onChange={(next) => {
            change({ range: next });
          }}
        />
      </div>
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Waiting>
          <div className="skeleton h-96" />
        </Waiting>
      ) : data.items.length === 0 ? (
        <div className="card">
          <Empty icon="health" title={t("weight.none")} hint={t("weight.none_hint")} />
        </div>
      ) : (
        <>
          <Trend weight={data} from={from} to={now} />
          <Weighings items={data.items} />
        </>
      )}
      <BodyMeasures kinds={kinds ?? []} to={now} />
    </HealthPage>
  );
}

function Trend({ weight, from, to }: { weight: WeightTrend; from: string; to: string }) {
  const navigate = useNavigate();
  const data = useTrendData(weight, from, to);
  return (
    <div className="card p-2">
      <Rate weight={weight} />
      <TrendChart
        data={data}
        title={t("weight.title")}
        tableName={t("weight.table")}
        stems
        onOpen={(day) => void navigate(routes.healthDay(day))}
      />
      <p className="label px-2 pb-1">{t("weight.hint")}</p>
    </div>
  );
}

function useTrendData({ items, trend }: WeightTrend, from: string, to: string): TrendData {
  const wish = usePreferences();
  const originName = useOriginName();
  const notes = useHealthNotes(from, to).data;
  return useMemo(() => {
    const count = daysAfter(from, to) + 1;
    const none = new Array<number | null>(count).fill(null);
    const origins = new Array<string>(count).fill("");
    for (const { day, source, device } of items) origins[daysAfter(from, day)] = originName(source, device);
    return {
      from,
      to,
      scale: healthScale({ key: WEIGHT, unit: "kg" }, wish),
      // Of several weighings of a day the first one counts; they come the newest first.
      values: laidOut(items, from, count, ({ value }) => value),
      line: laidOut(trend, from, count, ({ value }) => value),
      lineName: t("weight.trend"),
      low: none,
      high: none,
      origins,
      eras: [],
      notes: noteDays(notes ?? []),
    };
  }, [items, trend, from, to, wish, originName, notes]);
}
