import { useEffect } from "react";
import { useNavigate, useParams } from "react-router";

import { useMayEdit, usePreferences } from "@/api/session";
import { useCompared, useProposals } from "@/api/sources/compare";
import type { Compared, ComparedItem } from "@/api/types";
import { month as monthName, today } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { ButtonLink, IconButton } from "@/ui/controls/Button";
import { Pick, Segmented } from "@/ui/controls/Field";
import { useAddress } from "@/ui/hooks/address";
import { taken } from "@/ui/hooks/keys";
import { useNarrow } from "@/ui/hooks/media";
import { Page } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { isMonth, monthBy } from "./comparing";
import { Cards, Table } from "./Grid";
import { Others } from "./Others";
import { ProposeAll } from "./ProposeAll";
import { Tabs } from "./Tabs";
import { t } from "./text";

const USUAL = { show: "all", source: "" };

/** A month: what each source says of each of its activities. */
export function Compare() {
  const wish = usePreferences();
  const named = useParams().month;
  const now = today(wish.zone).slice(0, 7);
  const month = isMonth(named) ? named : now;
  const mayEdit = useMayEdit();
  const { data, error, refetch, isPlaceholderData } = useCompared(month, mayEdit);
  if (!mayEdit)
    return (
      <Page title={t("compare.title")}>
        <div className="card">
          <Empty icon="compare" title={t("compare.not_shown")} hint={t("compare.none_to_see")} />
        </div>
      </Page>
    );
  return (
    <Page title={t("compare.title")} actions={<Tabs at="month" />}>
      <p className="-mt-2 mb-4 max-w-prose text-sm text-ink-2">{t("compare.lead")}</p>
      <Steps month={month} last={now} />
      {error && !data && <Failure error={error} retry={() => void refetch()} />}
      {!data && !error && (
        <Waiting>
          <div className="mt-4 skeleton h-96" />
        </Waiting>
      )}
      {data && (
        <div aria-busy={isPlaceholderData} className={isPlaceholderData ? "opacity-50" : ""}>
          <Month compared={data} />
        </div>
      )}
    </Page>
  );
}

/** The month, and the way to those beside it: by buttons and by the arrow keys. */
function Steps({ month, last }: { month: string; last: string }) {
  const navigate = useNavigate();
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      // In the table the arrows scroll sideways.
      const scrolls = event.target instanceof HTMLElement && event.target.closest("[role=region]") !== null;
      if (by === undefined || taken(event) || scrolls || (by > 0 && month >= last)) return;
      event.preventDefault();
      void navigate({ pathname: routes.compare(monthBy(month, by)), search: location.search }, { replace: true });
    };
    addEventListener("keydown", press);
    return () => {
      removeEventListener("keydown", press);
    };
  }, [month, last, navigate]);
  const step = (by: number): void => {
    void navigate({ pathname: routes.compare(monthBy(month, by)), search: location.search }, { replace: true });
  };
  return (
    <div className="flex items-center gap-1" title={t("compare.keys")}>
      <IconButton
        name={t("compare.earlier")}
        icon="left"
        onClick={() => {
          step(-1);
        }}
      />
      <h2 aria-live="polite" className="min-w-40 text-center text-lg font-semibold">
        {monthName(month)}
      </h2>
      <IconButton
        name={t("compare.later")}
        icon="right"
        disabled={month >= last}
        onClick={() => {
          step(1);
        }}
      />
    </div>
  );
}

/** States of a cell in which nothing is known to differ. */
const SETTLED = new Set(["ok", "unknown"]);

function Month({ compared }: { compared: Compared }) {
  const [{ show, source }, change] = useAddress(USUAL);
  const narrow = useNarrow();
  const proposals = useProposals().data ?? [];
  const { sources, items, others, month } = compared;
  if (sources.length === 0) {
    return (
      <div className="card mt-4">
        <Empty icon="sources" title={t("compare.no_sources")} hint={t("compare.no_sources_hint")}>
          <ButtonLink kind="primary" to={routes.sources}>
            {t("compare.to_sources")}
          </ButtonLink>
        </Empty>
      </div>
    );
  }
  const columns = sources.filter(({ connection }) => source === "" || connection === source);
  const differs = ({ cells }: ComparedItem): boolean =>
    columns.some(({ connection }) => !SETTLED.has(cells[connection]?.state ?? "unknown"));
  const rows = show === "differences" ? items.filter(differs) : items;
  const only = others.filter(({ connection }) => source === "" || connection === source);
  const grid = { columns, rows, proposals, month };
  return (
    <>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <Segmented
          hideName
          name={t("compare.show")}
          value={show === "differences" ? "differences" : "all"}
          onChange={(value) => {
            change({ show: value });
          }}
          options={[
            { value: "all", label: t("compare.all") },
            { value: "differences", label: t("compare.differences") },
          ]}
        />
        {sources.length > 1 && (
          <Pick
            name={t("compare.source")}
            className="max-w-full truncate sm:max-w-64"
            value={source}
            onChange={(event) => {
              change({ source: event.target.value });
            }}
          >
            <option value="">{t("compare.all_sources")}</option>
            {sources.map(({ connection, name, label }) => (
              <option key={connection} value={connection}>
                {label === name ? name : `${name} · ${label}`}
              </option>
            ))}
          </Pick>
        )}
        <span className="ml-auto">
          <ProposeAll {...grid} />
        </span>
      </div>
      {items.length === 0 && (
        <div className="card mt-4">
          <Empty
            icon="activities"
            title={t("compare.none", { month: monthName(month) })}
            hint={t("compare.none_hint")}
          />
        </div>
      )}
      {items.length > 0 && rows.length === 0 && (
        <div className="card mt-4">
          <Empty icon="check" title={t("compare.same")} hint={t("compare.same_hint")} />
        </div>
      )}
      {rows.length > 0 && (narrow ? <Cards {...grid} /> : <Table {...grid} />)}
      {only.length > 0 && <Others others={only} sources={sources} />}
    </>
  );
}
