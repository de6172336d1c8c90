import { useMemo } from "react";
import { useNavigate } from "react-router";

import { useHealthKinds, useHealthTrend } from "@/api/health";
import { usePreferences } from "@/api/session";
import type { HealthKind, HealthTrend } from "@/api/types";
import { TrendPair } from "@/charts/health/trend/TrendPair";
import { HealthPage } from "@/features/health/HealthPage";
import { MeasurePick } from "@/features/health/MeasurePick";
import { firstOf, RangePick } from "@/features/health/RangePick";
import { useTrendData } from "@/features/health/trendData";
import { today } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { ButtonLink, IconButton } from "@/ui/controls/Button";
import { useAddress } from "@/ui/hooks/address";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { t } from "./text";

const USUAL = { one: "", two: "", range: "90" };
/** What is shown first, where the athlete has it. */
const FIRST = ["hrv_night_ms", "resting_heart_rate_bpm", "sleep_s", "steps", "weight_kg"];

type Address = typeof USUAL;

/** The two measures that an address names, filled up with what is there; undefined where there are not two. */
function pairOf(kinds: readonly HealthKind[], { one, two }: Address): [HealthKind, HealthKind] | undefined {
  const find = (key: string): HealthKind | undefined => kinds.find((kind) => kind.key === key);
  const others = [...FIRST.flatMap((key) => find(key) ?? []), ...kinds];
  const first = find(one) ?? others.find(({ key }) => key !== two);
  const second = (two === first?.key ? undefined : find(two)) ?? others.find(({ key }) => key !== first?.key);
  return first && second && [first, second];
}

/** Two measures over the same days, with what is usual of each, and notes. */
export function Trends() {
  const { data: kinds, error, refetch } = useHealthKinds();
  const [address, change] = useAddress(USUAL);
  const pair = kinds && pairOf(kinds, address);
  return (
    <HealthPage title={t("trends.title")} at="trends">
      {error && !kinds ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !kinds ? (
        <Waiting>
          <div className="skeleton h-[40rem]" />
        </Waiting>
      ) : !pair ? (
        <div className="card">
          <Empty icon="health" title={t("trends.none")} hint={t("trends.none_hint")} />
        </div>
      ) : (
        <Chosen kinds={kinds} pair={pair} range={address.range} onChange={change} />
      )}
    </HealthPage>
  );
}

function Chosen({
  kinds,
  pair: [first, second],
  range,
  onChange,
}: {
  kinds: readonly HealthKind[];
  pair: [HealthKind, HealthKind];
  range: string;
  onChange: (changed: Partial<Address>) => void;
}) {
  const wish = usePreferences();
  const to = today(wish.zone);
  const firstDays = [first.first, second.first].filter((day) => day !== null).sort();
  const from = firstOf(range, to, firstDays[0] ?? null);
  const [one, two] = [useHealthTrend(first.key, from, to), useHealthTrend(second.key, from, to)];
  const swap = { one: second.key, two: first.key };
  const error = one.error ?? two.error;
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <div className="grid min-w-0 grow grid-cols-[minmax(0,1fr)_auto] items-center gap-2 md:flex">
          <MeasurePick
            name={t("trends.first")}
            kinds={kinds}
            value={first.key}
            className="col-span-2"
            onChange={(key) => {
              onChange(key === second.key ? swap : { one: key, two: second.key });
            }}
          />
          <MeasurePick
            name={t("trends.second")}
            kinds={kinds}
            value={second.key}
            onChange={(key) => {
              onChange(key === first.key ? swap : { one: first.key, two: key });
            }}
          />
          <IconButton
            name={t("trends.swap")}
            icon="compare"
            onClick={() => {
              onChange(swap);
            }}
          />
        </div>
        <RangePick
          value={range}
          onChange={(next) => {
            onChange({ range: next });
          }}
        />
      </div>
      {error && !(one.data && two.data) ? (
        <Failure
          error={error}
          retry={() => {
            void one.refetch();
            void two.refetch();
          }}
        />
      ) : one.data?.key !== first.key || two.data?.key !== second.key ? (
        <Waiting>
          <div className="skeleton h-[36rem]" />
        </Waiting>
      ) : (
        <Pair kinds={[first, second]} trends={[one.data, two.data]} from={from} to={to} />
      )}
    </>
  );
}

function Pair({
  kinds: [first, second],
  trends: [one, two],
  from,
  to,
}: {
  kinds: [HealthKind, HealthKind];
  trends: [HealthTrend, HealthTrend];
  from: string;
  to: string;
}) {
  const navigate = useNavigate();
  const [upper, lower] = [useTrendData(first, one, from, to), useTrendData(second, two, from, to)];
  const pair = useMemo(
    (): React.ComponentProps<typeof TrendPair>["pair"] => [
      { title: first.name, data: upper },
      { title: second.name, data: lower },
    ],
    [first, second, upper, lower],
  );
  if (one.days.length + two.days.length === 0)
    return (
      <div className="card">
        <Empty icon="health" title={t("trends.empty")} />
      </div>
    );
  return (
    <>
      <div className="card p-2">
        <TrendPair
          pair={pair}
          title={t("trends.pair", { one: first.name, two: second.name })}
          tableName={t("trends.table")}
          onOpen={(day) => void navigate(routes.healthDay(day))}
        />
      </div>
      <div className="mt-2 flex flex-wrap items-center justify-between gap-2 px-1">
        <p className="max-w-prose text-sm text-ink-2">{t("trends.hint")}</p>
        <ButtonLink kind="quiet" to={routes.insights}>
          {t("trends.insights")}
        </ButtonLink>
      </div>
    </>
  );
}
