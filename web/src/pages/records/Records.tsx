import { useSummary } from "@/api/activities/activities";
import { useRecords } from "@/api/numbers";
import { usePreferences } from "@/api/session";
import type { Records as RecordsOf } from "@/api/types";
import { Totals } from "@/features/Totals";
import { className } from "@/lib/activity/records";
import { classes } from "@/lib/classes";
import { day, shifted, today } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { decimal, told } from "@/lib/units";
import { ButtonLink } from "@/ui/controls/Button";
import { Pick, Segmented } from "@/ui/controls/Field";
import { useAddress } from "@/ui/hooks/address";
import { Page, Section } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { Efforts } from "./Efforts";
import { LeftOut } from "./LeftOut";
import { SegmentBests } from "./SegmentBests";
import { many, t } from "./text";

const USUAL = { class: "", period: "all", tab: "efforts" };
const QUARTER = 89;
const KM = 1000;
const MILE = 1609.344;

/** The best there ever was, or in a period: efforts by class, totals, and records of days. */
export function Records() {
  const wish = usePreferences();
  const [{ class: wanted, period, tab }, change] = useAddress(USUAL);
  const { data, error, refetch } = useRecords(wanted || null, daysOf(period, today(wish.zone)));
  const summary = useSummary({});
  const years = summary.data?.years ?? [];
  return (
    <Page
      title={t("records.title")}
      actions={
        <Segmented
          name={t("records.tab")}
          hideName
          value={tab}
          onChange={(chosen) => {
            change({ tab: chosen });
          }}
          options={[
            { value: "efforts", label: t("records.tab_efforts") },
            { value: "segments", label: t("records.tab_segments") },
          ]}
        />
      }
    >
      {tab === "segments" ? (
        <SegmentBests />
      ) : error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Waiting>
          <div className="skeleton h-96" />
        </Waiting>
      ) : data.classes.length === 0 ? (
        <div className="card">
          <Empty icon="records" title={t("records.none")} hint={t("records.none_hint")}>
            <ButtonLink kind="primary" icon="import" to={routes.import}>
              {t("activities.import")}
            </ButtonLink>
            <LeftOut refused={data.refused} />
          </Empty>
        </div>
      ) : (
        <>
          <div className="mb-2 flex flex-wrap items-center gap-2">
            <Classes
              records={data}
              onChange={(chosen) => {
                change({ class: chosen });
              }}
            />
            <Pick
              name={t("activities.period")}
              value={period}
              onChange={(event) => {
                change({ period: event.target.value });
              }}
            >
              <option value="all">{t("activities.all_time")}</option>
              <option value="quarter">{t("activities.last_90")}</option>
              {years.map(({ year }) => (
                <option key={year} value={String(year)}>
                  {year}
                </option>
              ))}
            </Pick>
            <LeftOut refused={data.refused} />
          </div>
          <Efforts records={data} />
          <Totals records={data} />
          <Facts details={data.details} />
        </>
      )}
    </Page>
  );
}

function daysOf(period: string, now: string): { from?: string; to?: string } {
  if (period === "quarter") return { from: shifted(now, -QUARTER), to: now };
  return /^\d{4}$/.test(period) ? { from: `${period}-01-01`, to: `${period}-12-31` } : {};
}

function Classes({ records, onChange }: { records: RecordsOf; onChange: (name: string) => void }) {
  return (
    <div role="group" aria-label={t("records.class")} className="-m-1 flex max-w-full gap-1 overflow-x-auto p-1">
      {records.classes.map(({ name, activities }) => (
        <button
          key={name}
          type="button"
          aria-pressed={name === records.name}
          onClick={() => {
            onChange(name);
          }}
          className={classes(
            "touch rounded-lg px-3 py-1.5 text-sm whitespace-nowrap text-ink-2",
            "hover:bg-sunken hover:text-ink aria-pressed:bg-accent-soft aria-pressed:font-medium",
            "aria-pressed:text-accent",
          )}
        >
          {className(name)} <span className="text-xs text-ink-3">{decimal(activities)}</span>
        </button>
      ))}
    </div>
  );
}

/** Records of days: Eddington number, longest run of days, how many. */
function Facts({ details }: { details: RecordsOf["details"] }) {
  const wish = usePreferences();
  const imperial = wish.units === "imperial";
  const eddington = Number((imperial ? details.eddington_mi : details.eddington_km) ?? 0);
  const streak = Number(details.streak_days ?? 0);
  const tiles: [string, string, string][] = [
    [
      t("records.eddington"),
      decimal(eddington),
      t("records.eddington_hint", {
        count: eddington,
        distance: told("distance", eddington * (imperial ? MILE : KM), wish, undefined, 0),
      }),
    ],
    [
      t("records.streak"),
      many("records.days", streak),
      streak > 0
        ? `${day(String(details.streak_from), wish, "plain")} – ${day(String(details.streak_to), wish, "plain")}`
        : "",
    ],
    [t("records.active_days"), decimal(Number(details.active_days ?? 0)), ""],
    [t("records.activities"), decimal(Number(details.activities ?? 0)), ""],
  ];
  return (
    <Section title={t("records.by_day")}>
      <dl className="card grid grid-cols-2 p-1 md:grid-cols-4">
        {tiles.map(([name, value, hint]) => (
          <div key={name} className="px-3 py-2">
            <dt className="label">{name}</dt>
            <dd className="text-xl font-semibold">{value}</dd>
            {hint !== "" && <dd className="text-sm text-ink-2">{hint}</dd>}
          </div>
        ))}
      </dl>
    </Section>
  );
}
