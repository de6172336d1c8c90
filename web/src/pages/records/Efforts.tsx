import { useState } from "react";
import { Link } from "react-router";

import { usePreferences } from "@/api/session";
import type { RecordEffort, RecordList, Records } from "@/api/types";
import { Refuse } from "@/features/Refuse";
import { effortPace, effortSpan, effortValue, sizeName } from "@/lib/activity/records";
import { humanise, sportOfFamily } from "@/lib/activity/sports";
import { day } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { Section } from "@/ui/layout/Page";
import { Icon } from "@/ui/pictures/Icon";
import { Medal } from "@/ui/values/Medal";
import { HistoryDialog } from "./HistoryDialog";
import { t, type Plain } from "./text";

const KINDS: Record<string, Plain> = {
  distance: "records.distance",
  power: "records.power",
  heart_rate: "records.heart_rate",
  vam: "records.vam",
  speed: "records.speed",
  gap: "records.gap",
  cadence: "records.cadence",
};

/** The three best efforts of every size, kind by kind; each leads to its stretch of the activity. */
export function Efforts({ records }: { records: Records }) {
  const there = records.items.filter(({ efforts }) => efforts.length > 0);
  const kinds = [...Object.keys(KINDS), ...there.map(({ kind }) => kind)].filter(
    (kind, at, all) => all.indexOf(kind) === at && there.some((item) => item.kind === kind),
  );
  if (kinds.length === 0)
    return <p className="card mt-8 px-4 py-6 text-center text-ink-2">{t("records.none_period")}</p>;
  const sport = sportOfFamily(records.name ?? "");
  return kinds.map((kind) => (
    <Section key={kind} title={kind in KINDS ? t(KINDS[kind] ?? "records.efforts") : humanise(kind)}>
      <ul className="card divide-y divide-line" data-kind={kind}>
        {there
          .filter((item) => item.kind === kind)
          .map((item) => (
            <Size key={item.size} item={item} name={records.name ?? ""} sport={sport} />
          ))}
      </ul>
    </Section>
  ));
}

function Size({ item, name, sport }: { item: RecordList; name: string; sport: string }) {
  const [open, setOpen] = useState(false);
  const what = sizeName(item.kind, item.size);
  return (
    <li className="grid items-center gap-x-4 px-4 py-2 md:grid-cols-[9rem_minmax(0,1fr)]">
      <button
        type="button"
        aria-label={t("records.history", { what })}
        className="touch flex items-center gap-1.5 text-left font-medium underline-offset-4 hover:underline"
        onClick={() => {
          setOpen(true);
        }}
      >
        {what}
        <Icon name="training" size={16} className="text-ink-3" />
      </button>
      <ol className="grid gap-x-4 sm:grid-cols-3">
        {item.efforts.slice(0, 3).map((effort) => (
          <li key={effort.activity} className={`group flex items-center ${effort.rank > 1 ? "max-sm:text-sm" : ""}`}>
            <Effort item={item} effort={effort} sport={sport} />
            <Refuse activity={effort.activity} name={effort.name} quantity={item.quantity} what={what} />
          </li>
        ))}
      </ol>
      {open && (
        <HistoryDialog
          item={item}
          name={name}
          sport={sport}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </li>
  );
}

function Effort({ item: { kind, size }, effort, sport }: { item: RecordList; effort: RecordEffort; sport: string }) {
  const wish = usePreferences();
  const [from, to] = effortSpan(kind, size, effort.value, effort.start_s);
  const pace = effortPace(kind, size, effort.value, wish, sport);
  return (
    <Link
      to={routes.stretch(effort.activity, from, to)}
      className="touch group flex min-w-0 flex-1 items-center gap-2 rounded-md py-0.5"
    >
      <Medal rank={effort.rank} />
      <span className="min-w-0">
        <span className="flex items-baseline gap-2 whitespace-nowrap">
          <span className="font-semibold underline-offset-4 group-hover:underline">
            {effortValue(kind, effort.value, wish, sport)}
          </span>
          {pace !== null && <span className="text-sm text-ink-2">{pace}</span>}
        </span>
        <span className="label block truncate">{[day(effort.day, wish, "plain"), effort.name].join(" · ")}</span>
      </span>
    </Link>
  );
}
