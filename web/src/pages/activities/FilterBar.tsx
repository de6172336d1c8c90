import { useEffect, useState, type RefObject } from "react";

import { useSummary, type Filters } from "@/api/activities/activities";
import { useGear } from "@/api/gear";
import { useMayEdit, usePreferences } from "@/api/session";
import { sportName } from "@/lib/activity/sports";
import { classes } from "@/lib/classes";
import { decimal } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { Pick } from "@/ui/controls/Field";
import { Icon } from "@/ui/pictures/Icon";
import { NEWEST, periods, yearPeriod, type Period } from "./filters";
import { t } from "./text";

const TYPING_MS = 200;
const DATE = "touch rounded-lg border border-line bg-surface px-2 py-1.5 text-sm hover:border-line-strong";

/** What narrows the list; every choice is in the address. */
export function FilterBar({
  filters,
  change,
  search,
}: {
  filters: Filters;
  change: (changed: Filters) => void;
  search: RefObject<HTMLInputElement | null>;
}) {
  // What there is to choose from: the sports and years before one of them is chosen.
  const all = useSummary(pick(filters, ["text", "hidden", "deleted"]));
  const mayEdit = useMayEdit();
  const narrowed = Object.keys(filters).some((key) => key !== "sort");
  return (
    <div role="search" className="flex flex-wrap items-center gap-2">
      <Search
        key={filters.text === undefined ? "empty" : "some"}
        text={filters.text ?? ""}
        change={change}
        search={search}
      />
      <div
        className={classes(
          "-m-1 flex max-w-full items-center gap-2 overflow-x-auto p-1",
          "max-md:[scrollbar-width:none] md:flex-wrap md:overflow-visible",
        )}
      >
        <Pick
          name={t("activities.sport")}
          value={filters.sport ?? ""}
          onChange={(event) => {
            change({ sport: event.target.value });
          }}
        >
          <option value="">{t("activities.all_sports")}</option>
          {all.data?.sports.map(({ sport, count }) => (
            <option key={sport} value={sport}>
              {[sportName(sport), `(${decimal(count)})`].join(" ")}
            </option>
          ))}
        </Pick>
        <GearPick filters={filters} change={change} />
        <PeriodPick filters={filters} change={change} years={all.data?.years ?? []} />
        <Pick
          name={t("activities.sort")}
          value={filters.sort ?? NEWEST}
          onChange={(event) => {
            change({ sort: event.target.value === NEWEST ? "" : event.target.value });
          }}
        >
          <option value={NEWEST}>{t("activities.newest")}</option>
          <option value="start">{t("activities.oldest")}</option>
          <option value="-distance">{t("activities.longest")}</option>
          <option value="-elapsed">{t("activities.most_time")}</option>
          <option value="-ascent">{t("activities.most_ascent")}</option>
          <option value="name">{t("activities.by_name")}</option>
        </Pick>
        {mayEdit && (
          <Pick
            name={t("activities.hidden")}
            value={filters.deleted ? "deleted" : (filters.hidden ?? "")}
            onChange={({ target: { value } }) => {
              change(value === "deleted" ? { deleted: "true", hidden: "all" } : { deleted: "", hidden: value });
            }}
          >
            <option value="">{t("activities.show_visible")}</option>
            <option value="all">{t("activities.show_all")}</option>
            <option value="true">{t("activities.show_hidden")}</option>
            <option value="deleted">{t("activities.show_deleted")}</option>
          </Pick>
        )}
        {narrowed && (
          <Button
            kind="quiet"
            icon="close"
            onClick={() => {
              change({ sport: "", gear: "", from: "", to: "", text: "", hidden: "", deleted: "" });
            }}
          >
            {t("activities.clear")}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Which gear, for who has some. */
function GearPick({ filters, change }: { filters: Filters; change: (changed: Filters) => void }) {
  const { data } = useGear();
  if (!data || data.items.length === 0) return null;
  return (
    <Pick
      name={t("activities.gear")}
      value={filters.gear ?? ""}
      onChange={(event) => {
        change({ gear: event.target.value });
      }}
      className="max-w-48"
    >
      <option value="">{t("activities.all_gear")}</option>
      {data.items.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
      <option value="none">{t("activities.no_gear")}</option>
    </Pick>
  );
}

function pick(filters: Filters, keys: (keyof Filters)[]): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([key]) => keys.includes(key as keyof Filters)));
}

function Search({
  text,
  change,
  search,
}: {
  text: string;
  change: (changed: Filters) => void;
  search: RefObject<HTMLInputElement | null>;
}) {
  const [typed, setTyped] = useState(text);
  useEffect(() => {
    if (typed === text) return;
    const timer = setTimeout(() => {
      change({ text: typed.trim() });
    }, TYPING_MS);
    return () => {
      clearTimeout(timer);
    };
    // Only typing starts the timer; the address follows.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [typed]);
  return (
    <div className="relative w-full md:w-64">
      <Icon
        name="search"
        size={18}
        className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-ink-3"
      />
      <input
        ref={search}
        type="search"
        value={typed}
        aria-label={t("activities.search")}
        placeholder={t("activities.search")}
        onChange={(event) => {
          setTyped(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
        className={classes(
          "touch peer w-full rounded-lg border border-line bg-surface py-1.5 pr-8 pl-9.5 text-sm",
          "hover:border-line-strong pointer-coarse:text-[16px]",
        )}
      />
      <kbd
        className={classes(
          "pointer-events-none absolute top-1/2 right-2 hidden -translate-y-1/2 rounded border",
          "border-line px-1.5 font-mono text-xs text-ink-3",
          "peer-placeholder-shown:block peer-focus:hidden pointer-coarse:hidden!",
        )}
      >
        {t("activities.search_key")}
      </kbd>
    </div>
  );
}

function PeriodPick({
  filters,
  change,
  years,
}: {
  filters: Filters;
  change: (changed: Filters) => void;
  years: { year: number; count: number }[];
}) {
  const wish = usePreferences();
  const quick = periods(wish);
  const [custom, setCustom] = useState(false);
  const options: [string, string, Period][] = [
    ["week", t("activities.this_week"), quick.week],
    ["month", t("activities.this_month"), quick.month],
    ["quarter", t("activities.last_90"), quick.quarter],
    ...years.map(({ year, count }): [string, string, Period] => [
      `y${year}`,
      `${year} (${decimal(count)})`,
      yearPeriod(year),
    ]),
  ];
  const chosen = options.find(([, , period]) => period.from === filters.from && period.to === filters.to)?.[0];
  const any = filters.from !== undefined || filters.to !== undefined;
  const value = custom || (any && chosen === undefined) ? "custom" : (chosen ?? "all");
  const choose = (choice: string): void => {
    setCustom(choice === "custom");
    if (choice === "all") change({ from: "", to: "" });
    const period = options.find(([key]) => key === choice)?.[2];
    if (period) change(period as Filters);
  };
  return (
    <>
      <Pick
        name={t("activities.period")}
        value={value}
        onChange={(event) => {
          choose(event.target.value);
        }}
      >
        <option value="all">{t("activities.all_time")}</option>
        {options.map(([key, label]) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
        <option value="custom">{t("activities.custom")}</option>
      </Pick>
      {value === "custom" && (
        <span className="flex items-center gap-1.5">
          <input
            type="date"
            aria-label={t("activities.from")}
            value={filters.from ?? ""}
            max={filters.to}
            className={DATE}
            onChange={(event) => {
              change({ from: event.target.value });
            }}
          />
          <span aria-hidden="true">–</span>
          <input
            type="date"
            aria-label={t("activities.to")}
            value={filters.to ?? ""}
            min={filters.from}
            className={DATE}
            onChange={(event) => {
              change({ to: event.target.value });
            }}
          />
        </span>
      )}
    </>
  );
}
