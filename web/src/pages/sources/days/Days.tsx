import { useState } from "react";

import { reason } from "@/api/client";
import { useMayEdit, usePreferences } from "@/api/session";
import { useAgain, useGaps } from "@/api/sources/sources";
import type { Connection, Gaps } from "@/api/types";
import { DayGrid } from "@/charts/days/DayGrid";
import { GapLegend } from "@/charts/days/GapLegend";
import { DataDialog } from "@/charts/frames/DataDialog";
import { daysFrom, GAP_NAMES, runsOf, yearsOf, type Stretch } from "@/lib/charts/gaps";
import { day, shifted, today } from "@/lib/dates";
import { decimal } from "@/lib/units";
import { many, t } from "@/pages/sources/text";
import { Button, IconButton } from "@/ui/controls/Button";
import { Pick } from "@/ui/controls/Field";
import { useAddress } from "@/ui/hooks/address";
import { Section } from "@/ui/layout/Page";
import { Failure, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";

const USUAL = { year: "" };

/** What is here of each day of a year and each kind, with a way to have days fetched again. */
export function Days({ connection }: { connection: Connection }) {
  const wish = usePreferences();
  const now = today(wish.zone);
  const [address, change] = useAddress(USUAL);
  const { id, backlog, run } = connection;
  const years = yearsOf(backlog.first ?? backlog.reached ?? now, now);
  const year = years.includes(Number(address.year)) ? Number(address.year) : Number(now.slice(0, 4));
  const [from, end] = [`${year}-01-01`, `${year}-12-31`];
  const gaps = useGaps(id, from, end < now ? end : now, run !== null);
  const [table, setTable] = useState(false);
  return (
    <Section
      id="days"
      title={t("gaps.title")}
      actions={
        <span className="flex items-center gap-2">
          <Pick
            name={t("gaps.year")}
            value={year}
            onChange={(event) => {
              change({ year: event.target.value });
            }}
          >
            {years.map((one) => (
              <option key={one} value={one}>
                {String(one)}
              </option>
            ))}
          </Pick>
          <IconButton
            name={t("gaps.table")}
            icon="table"
            disabled={!gaps.data}
            onClick={() => {
              setTable(true);
            }}
          />
        </span>
      }
    >
      <div className="card p-3 md:p-5">
        {gaps.isPending && (
          <Waiting>
            <div className="skeleton h-72" />
          </Waiting>
        )}
        {gaps.isError && !gaps.data && <Failure error={gaps.error} retry={() => void gaps.refetch()} />}
        {gaps.data &&
          (gaps.data.rows.length === 0 ? (
            <p className="py-8 text-center text-sm text-ink-2">{t("gaps.none", { year })}</p>
          ) : (
            <Picture key={year} id={id} gaps={gaps.data} from={from} days={daysFrom(from, end)} now={now} />
          ))}
      </div>
      {table && gaps.data && (
        <Table
          gaps={gaps.data}
          onClose={() => {
            setTable(false);
          }}
        />
      )}
    </Section>
  );
}

function Picture({ id, gaps, from, days, now }: { id: string; gaps: Gaps; from: string; days: number; now: string }) {
  const mayEdit = useMayEdit();
  const [chosen, setChosen] = useState<Stretch | null>(null);
  // Days to come can be pointed at, but not chosen.
  const last = daysFrom(from, now) - 1;
  const choose = (wanted: Stretch): void => {
    if (mayEdit && wanted.since <= last) setChosen({ ...wanted, until: Math.min(wanted.until, last) });
  };
  return (
    <>
      <DayGrid
        rows={gaps.rows}
        from={from}
        days={days}
        newest={Math.min(days, last + 1)}
        chosen={chosen}
        onChoose={choose}
      />
      <GapLegend />
      {chosen && (
        <Again
          key={gaps.rows[chosen.row]?.kind}
          id={id}
          gaps={gaps}
          from={from}
          chosen={chosen}
          onClose={() => {
            setChosen(null);
          }}
        />
      )}
    </>
  );
}

/** The days that were chosen, and the way to have them fetched again: of the kind they were chosen in, or of all. */
function Again({
  id,
  gaps,
  from,
  chosen,
  onClose,
}: {
  id: string;
  gaps: Gaps;
  from: string;
  chosen: Stretch;
  onClose: () => void;
}) {
  const wish = usePreferences();
  const again = useAgain(id);
  const [kind, setKind] = useState(gaps.rows[chosen.row]?.kind ?? "");
  const [since, until] = [shifted(from, chosen.since), shifted(from, chosen.until)];
  const go = (): void => {
    again.mutate(
      { since, until, ...(kind !== "" && { kind }) },
      {
        onSuccess: ({ wanted }) => {
          say(wanted === 0 ? t("gaps.wanted_none") : many("gaps.wanted_toast", wanted, decimal(wanted)));
          onClose();
        },
        onError: (error) => {
          sayError(reason(error));
        },
      },
    );
  };
  return (
    <div
      role="group"
      aria-label={t("gaps.again")}
      data-testid="chosen"
      className="rise mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg bg-sunken px-3 py-2 text-sm"
    >
      <span className="min-w-0 flex-1 basis-52">
        <strong className="font-semibold">
          {since === until
            ? day(since, wish)
            : t("gaps.chosen", { from: day(since, wish, "plain"), to: day(until, wish, "plain") })}
        </strong>
        <span className="ml-2 text-ink-2">{many("gaps.count", chosen.until - chosen.since + 1)}</span>
      </span>
      <Pick
        name={t("gaps.kind")}
        value={kind}
        onChange={(event) => {
          setKind(event.target.value);
        }}
      >
        <option value="">{t("gaps.all_kinds")}</option>
        {gaps.rows.map((row) => (
          <option key={row.kind} value={row.kind}>
            {row.title}
          </option>
        ))}
      </Pick>
      <Button kind="primary" icon="sync" busy={again.isPending} onClick={go}>
        {t("gaps.again")}
      </Button>
      <IconButton name={t("gaps.clear")} icon="close" onClick={onClose} />
    </div>
  );
}

function Table({ gaps, onClose }: { gaps: Gaps; onClose: () => void }) {
  const wish = usePreferences();
  const rows = runsOf(gaps.rows, gaps.from).map(({ title, from, to, days, gap }) => [
    title,
    day(from, wish, "plain"),
    day(to, wish, "plain"),
    decimal(days),
    t(GAP_NAMES[gap]),
  ]);
  const heads = [t("gaps.kind"), t("gaps.from"), t("gaps.to"), t("gaps.days"), t("gaps.state")];
  return <DataDialog title={t("gaps.table")} label={t("gaps.title")} heads={heads} rows={rows} onClose={onClose} />;
}
