import { useParams } from "react-router";

import { useSummary } from "@/api/activities/activities";
import { useChart, useRecords } from "@/api/numbers";
import { usePreferences } from "@/api/session";
import type { Summary } from "@/api/types";
import { ChartOf } from "@/charts/frames/ChartOf";
import { Totals } from "@/features/Totals";
import { placeName, type FrameBody } from "@/lib/charts/frames";
import { routes } from "@/lib/routes";
import { decimal, NOTHING, span, told } from "@/lib/units";
import { ButtonLink } from "@/ui/controls/Button";
import { useAddress } from "@/ui/hooks/address";
import { Page, Section } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { Best } from "./Best";
import { biggest, changed } from "./sums";
import { t } from "./text";
import { Tracks } from "./Tracks";

interface Days {
  from: string;
  to: string;
}

const daysOf = (year: number): Days => ({ from: `${year}-01-01`, to: `${year}-12-31` });
const USUAL = { class: "" };
/** Keeps the place of a line that is not known yet, or has nothing to say. */
const BLANK = "\u00a0";

/** A year looked back on: what it came to, its months, its biggest week, its best efforts, and every track. */
export function Year() {
  const year = Number(useParams().year);
  const days = daysOf(year);
  const { data, error, refetch } = useSummary({ ...days });
  const all = useSummary({});
  const title = t("year.title", { year: String(year) });
  const years = (all.data?.years ?? []).map((one) => one.year).sort((a, b) => b - a);
  return (
    <Page title={title}>
      <nav
        aria-label={t("year.other")}
        className="-mt-1 mb-4 flex min-h-9 gap-1 overflow-x-auto pointer-coarse:min-h-11"
      >
        {(years.length > 0 ? years : [year]).map((one) => (
          <ButtonLink key={one} kind={one === year ? "plain" : "quiet"} to={routes.year(one)}>
            {one}
          </ButtonLink>
        ))}
      </nav>
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Waiting>
          <div className="skeleton h-96" />
        </Waiting>
      ) : data.total === 0 ? (
        <div className="card">
          <Empty icon="training" title={t("year.none", { year: String(year) })} hint={t("year.none_hint")}>
            <ButtonLink icon="import" to={routes.import}>
              {t("activities.import")}
            </ButtonLink>
          </Empty>
        </div>
      ) : (
        <Review key={year} year={year} days={days} sums={data} />
      )}
    </Page>
  );
}

function Review({ year, days, sums }: { year: number; days: Days; sums: Summary }) {
  const [{ class: name }, change] = useAddress(USUAL);
  const records = useRecords(name || null, days);
  return (
    <>
      <Sums year={year} days={days} sums={sums} />
      <Section title={t("year.months")} id="months">
        <div className="card p-2">
          <ChartOf chart="volume" query={{ ...days, kind: "time", by: "month" }} title={t("year.months")} />
        </div>
      </Section>
      {records.data && (
        <>
          <Best
            records={records.data}
            onClass={(chosen) => {
              change({ class: chosen });
            }}
          />
          <Totals records={records.data} />
        </>
      )}
      {records.isPending ? (
        <div className="mt-8">
          <Waiting>
            <div className="skeleton h-96" />
          </Waiting>
        </div>
      ) : (
        <Tracks days={days} />
      )}
    </>
  );
}

/** What the year came to, and how much more or less than the year before. */
function Sums({ year, days, sums }: { year: number; days: Days; sums: Summary }) {
  const wish = usePreferences();
  const before = useSummary({ ...daysOf(year - 1) }).data;
  const load = useChart("volume", { ...days, kind: "load", by: "year" }).data;
  const weeks = useChart("volume", { ...days, kind: "time", by: "week" }).data;
  const versus = (now: number, then: number | undefined): string => changed(now, then, year - 1);
  const tiles: [string, string, string][] = [
    [t("records.activities"), decimal(sums.total), versus(sums.total, before?.total)],
    [
      t("total.distance"),
      told("distance", sums.distance_m, wish, undefined, 0),
      versus(sums.distance_m, before?.distance_m),
    ],
    [t("total.moving"), span(sums.moving_s), versus(sums.moving_s, before?.moving_s)],
    [t("total.ascent"), told("elevation", sums.ascent_m, wish), versus(sums.ascent_m, before?.ascent_m)],
    loadTile(load),
    weekTile(weeks, (frame, at) => placeName(frame.x, at, wish)),
  ];
  return (
    <dl className="card grid grid-cols-2 p-1 md:grid-cols-3 lg:grid-cols-6">
      {tiles.map(([name, value, hint]) => (
        <div key={name} className="px-3 py-2">
          <dt className="label">{name}</dt>
          <dd className="text-xl font-semibold whitespace-nowrap">{value}</dd>
          <dd className="text-sm text-ink-2">{hint === "" ? BLANK : hint}</dd>
        </div>
      ))}
    </dl>
  );
}

function loadTile(frame: FrameBody | undefined): [string, string, string] {
  const found = frame && biggest(frame);
  return [t("year.load"), found ? decimal(found.sum) : frame ? NOTHING : BLANK, ""];
}

function weekTile(
  frame: FrameBody | undefined,
  name: (frame: FrameBody, at: number) => string,
): [string, string, string] {
  const found = frame && biggest(frame);
  return [
    t("year.week"),
    found ? span(found.sum) : frame ? NOTHING : BLANK,
    frame && found ? name(frame, found.at) : "",
  ];
}
