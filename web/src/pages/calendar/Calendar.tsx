import { useNavigate, useParams } from "react-router";

import { useSummary } from "@/api/activities/activities";
import { usePreferences } from "@/api/session";
import { monthName, today } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { ButtonLink, IconButton } from "@/ui/controls/Button";
import { Pick, Segmented } from "@/ui/controls/Field";
import { Page } from "@/ui/layout/Page";
import { isMonth, stepped } from "./days";
import { MonthView } from "./month/MonthView";
import { t } from "./text";
import { YearView } from "./YearView";

const LAST_12 = "year";
const YEARS_BACK = 1;

/** The calendar: a month day by day, or months against sources; the address says which. */
export function Calendar() {
  const wish = usePreferences();
  const now = today(wish.zone).slice(0, 7);
  const { what = "" } = useParams();
  const year = what === LAST_12 || /^(19|20|21)\d{2}$/.test(what);
  const month = isMonth(what) ? what : now;
  const go = useNavigate();
  return (
    <Page
      title={t("calendar.title")}
      actions={
        <>
          {!year && month !== now && <ButtonLink to={routes.calendar()}>{t("calendar.this_month")}</ButtonLink>}
          <Segmented
            name={t("calendar.view")}
            hideName
            value={year ? "year" : "month"}
            onChange={(view) =>
              void go(
                routes.calendar(
                  view === "year" ? LAST_12 : /^\d{4}$/.test(what) && what !== now.slice(0, 4) ? `${what}-12` : "",
                ),
              )
            }
            options={[
              { value: "month", label: t("calendar.by_month") },
              { value: "year", label: t("calendar.by_year") },
            ]}
          />
        </>
      }
    >
      {year ? <YearBar what={what} now={now} /> : <MonthBar month={month} now={now} />}
      {year ? (
        <YearView
          from={what === LAST_12 ? stepped(now, -11) : `${what}-01`}
          to={what === LAST_12 || `${what}-12` > now ? now : `${what}-12`}
        />
      ) : (
        <MonthView key={month} month={month} />
      )}
    </Page>
  );
}

/** The years that can be chosen, the newest first: those with activities, this one, and the one that is shown. */
function useYears(shown: number, now: string): number[] {
  const { data } = useSummary({});
  const known = (data?.years ?? []).map(({ year }) => year);
  const newest = Math.max(shown, Number(now.slice(0, 4)), ...known);
  const oldest = Math.min(shown, ...known, Number(now.slice(0, 4)) - YEARS_BACK);
  return Array.from({ length: newest - oldest + 1 }, (_, i) => newest - i);
}

function MonthBar({ month, now }: { month: string; now: string }) {
  const go = useNavigate();
  const [year = "", number = ""] = month.split("-");
  const years = useYears(Number(year), now);
  // From the month in the address: before the page has drawn the last one that was chosen, it is there already.
  const change = (to: (month: string) => string): void =>
    void go(routes.calendar(to(/\d{4}-\d{2}$/.exec(location.pathname)?.[0] ?? month)));
  const step = (count: number): void => {
    change((from) => stepped(from, count));
  };
  return (
    <nav aria-label={t("calendar.month")} className="mb-3 flex flex-wrap items-center gap-1.5">
      <IconButton
        name={t("calendar.earlier")}
        icon="left"
        onClick={() => {
          step(-1);
        }}
      />
      <Pick
        name={t("calendar.month")}
        value={number}
        className="font-semibold"
        onChange={({ target: { value } }) => {
          change((from) => `${from.slice(0, 4)}-${value}`);
        }}
      >
        {Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, "0")).map((one) => (
          <option key={one} value={one}>
            {monthName(Number(one))}
          </option>
        ))}
      </Pick>
      <Pick
        name={t("calendar.year")}
        value={year}
        className="font-semibold"
        onChange={({ target: { value } }) => {
          change((from) => `${value}-${from.slice(5)}`);
        }}
      >
        {years.map((one) => (
          <option key={one} value={one}>
            {String(one)}
          </option>
        ))}
      </Pick>
      <IconButton
        name={t("calendar.later")}
        icon="right"
        onClick={() => {
          step(1);
        }}
      />
    </nav>
  );
}

function YearBar({ what, now }: { what: string; now: string }) {
  const go = useNavigate();
  const years = useYears(Number(what) || Number(now.slice(0, 4)), now);
  return (
    <div className="mb-3">
      <Pick
        name={t("calendar.year")}
        value={what}
        className="font-semibold"
        onChange={(event) => void go(routes.calendar(event.target.value))}
      >
        <option value={LAST_12}>{t("calendar.last_12")}</option>
        {years.map((one) => (
          <option key={one} value={String(one)}>
            {String(one)}
          </option>
        ))}
      </Pick>
    </div>
  );
}
