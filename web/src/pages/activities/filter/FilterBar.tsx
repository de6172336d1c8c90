import { useEffect, useState, type RefObject } from "react";

import { queryOf, useSummary, type Filters } from "@/api/activities/activities";
import { address } from "@/api/client";
import { useMayEdit, usePreferences } from "@/api/session";
import { sportName } from "@/lib/activity/sports";
import { classes } from "@/lib/classes";
import { decimal } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { NEWEST, onIn, periods, yearPeriod, type Period } from "@/pages/activities/filters";
import { ColumnsDialog } from "@/pages/activities/list/ColumnsDialog";
import { t } from "@/pages/activities/text";
import { Pick } from "@/ui/controls/Field";
import { Menu, MenuDownload, MenuItem } from "@/ui/controls/Menu";
import { useNarrow } from "@/ui/hooks/media";
import { Icon } from "@/ui/pictures/Icon";
import { Chips } from "./Chips";
import { FilterSheet } from "./FilterSheet";
import { SavedFilters } from "./SavedFilters";

const TYPING_MS = 200;
const SORTS = [NEWEST, "start", "-distance", "-time", "-ascent", "-load", "-speed", "-heart_rate", "-rpe", "name"];
const DATE = "touch rounded-lg border border-line bg-surface px-2 py-1.5 text-sm hover:border-line-strong";

/** What narrows the list; every choice is in the address. */
export function FilterBar({
  filters,
  change,
  search,
  onPick,
}: {
  filters: Filters;
  change: (changed: Filters) => void;
  search: RefObject<HTMLInputElement | null>;
  /** Shows the boxes that select, on a phone. */
  onPick: () => void;
}) {
  // What there is to choose from: the sports and years before one of them is chosen.
  const all = useSummary(pick(filters, ["text", "hidden", "deleted"]));
  const [open, setOpen] = useState<"filters" | "saved" | "columns" | null>(null);
  const close = (): void => {
    setOpen(null);
  };
  const narrow = useNarrow();
  const mayEdit = useMayEdit();
  const count = onIn(filters).filter((key) => key !== "text" && key !== "within").length;
  return (
    <div role="search">
      <div className="flex flex-wrap items-center gap-2">
        <Search
          key={filters.text === undefined ? "empty" : "some"}
          text={filters.text ?? ""}
          change={change}
          search={search}
        />
        <div className={classes("flex max-w-full flex-wrap items-center gap-2 max-md:w-full")}>
          {!narrow && (
            <>
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
              <PeriodPick filters={filters} change={change} years={all.data?.years ?? []} />
            </>
          )}
          <Button
            icon="filter"
            onClick={() => {
              setOpen("filters");
            }}
          >
            {count === 0 ? t("filter.title") : t("filter.count", { count })}
          </Button>
          <Pick
            className="max-md:flex-1"
            name={t("activities.sort")}
            value={filters.sort ?? NEWEST}
            onChange={(event) => {
              change({ sort: event.target.value === NEWEST ? "" : event.target.value });
            }}
          >
            <option value={NEWEST}>{t("activities.newest")}</option>
            <option value="start">{t("activities.oldest")}</option>
            <option value="-distance">{t("activities.longest")}</option>
            <option value="-time">{t("activities.most_time")}</option>
            <option value="-ascent">{t("activities.most_ascent")}</option>
            <option value="-load">{t("activities.most_load")}</option>
            <option value="-speed">{t("activities.fastest")}</option>
            <option value="-heart_rate">{t("activities.highest_heart_rate")}</option>
            <option value="-rpe">{t("activities.hardest")}</option>
            <option value="name">{t("activities.by_name")}</option>
            {!SORTS.includes(filters.sort ?? NEWEST) && (
              <option value={filters.sort}>{t("activities.by_column")}</option>
            )}
          </Pick>
          <Menu button={(wiring) => <Button icon="more" aria-label={t("activities.options")} {...wiring} />}>
            <MenuItem
              icon="search"
              onClick={() => {
                setOpen("saved");
              }}
            >
              {t("saved.title")}
            </MenuItem>
            {!narrow && (
              <MenuItem
                icon="table"
                onClick={() => {
                  setOpen("columns");
                }}
              >
                {t("columns.title")}
              </MenuItem>
            )}
            {mayEdit && narrow && (
              <MenuItem icon="check" onClick={onPick}>
                {t("select.start")}
              </MenuItem>
            )}
            <MenuDownload icon="download" href={address("/api/activities/table.csv", { query: queryOf(filters) })}>
              {t("activities.csv")}
            </MenuDownload>
          </Menu>
        </div>
      </div>
      <Chips filters={filters} change={change} />
      {open === "filters" && <FilterSheet filters={filters} change={change} onClose={close} />}
      {open === "saved" && <SavedFilters filters={filters} change={change} onClose={close} />}
      {open === "columns" && <ColumnsDialog onClose={close} />}
    </div>
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
