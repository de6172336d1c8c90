import { Link } from "react-router";

import { usePreferences } from "@/api/session";
import type { Connection, SourceDescription } from "@/api/types";
import { day } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { lastWords, nextWords, roughly, runWords, stateWords, type Tone } from "@/lib/sources/connections";
import { scheduleWords } from "@/lib/sources/schedules";
import { brief, decimal } from "@/lib/units";
import { Linked } from "@/features/Fields";
import { many, t } from "@/pages/sources/text";
import { Icon } from "@/ui/pictures/Icon";
import { Meter } from "@/ui/values/Meter";
import { Acts } from "./Acts";

const TONES: Record<Tone, string> = {
  calm: "bg-sunken text-ink-2",
  busy: "bg-accent-soft text-accent",
  good: "bg-accent-soft text-accent",
  warn: "bg-warn-soft text-warn",
  bad: "bg-danger-soft text-danger",
};

/** One connection: who, how it is, what it does now, when next, and what can be done. */
export function ConnectionCard({
  connection,
  kind,
  whole = false,
}: {
  connection: Connection;
  kind: SourceDescription | undefined;
  /** Whether it stands on its own page, whose head says the name. */
  whole?: boolean;
}) {
  const { id, name, label, state } = connection;
  return (
    <article className="card" data-connection={id} data-state={state} aria-label={name}>
      {!whole && (
        <header className="flex flex-wrap items-baseline justify-between gap-x-4 px-4 pt-4 md:px-5">
          <h2 className="text-lg font-semibold">
            <Link to={routes.source(id)} className="hover:underline">
              {name}
            </Link>
          </h2>
          {label !== name && <span className="min-w-0 truncate text-sm text-ink-2">{label}</span>}
        </header>
      )}
      <State connection={connection} />
      {(connection.last ?? connection.run ?? connection.good_ms) !== null && <Facts connection={connection} />}
      <Acts connection={connection} kind={kind} whole={whole} />
    </article>
  );
}

/** How it is in one sentence, and while it runs how far it is. */
function State({ connection }: { connection: Connection }) {
  const wish = usePreferences();
  const { icon, tone, text } = stateWords(connection, wish);
  const { run, backlog } = connection;
  const done = run ? run.fetched + run.empty + run.failed : 0;
  return (
    <div className="px-4 pt-3 pb-4 md:px-5">
      <p role="status" className="flex items-start gap-3">
        <span className={`grid size-8 shrink-0 place-items-center rounded-full ${TONES[tone]}`}>
          <Icon name={icon} size={18} className={tone === "busy" ? "animate-spin [animation-duration:3s]" : ""} />
        </span>
        <span className="min-w-0 pt-1">
          <Linked text={text} />
        </span>
      </p>
      {run && (run.state === "running" || run.requests > 0) && (
        <div className="mt-2.5 pl-11" data-testid="progress">
          <Meter value={done} max={done + (run.left ?? 0)} label={t("connections.progress")} />
          <p className="mt-1.5 flex min-h-5 flex-wrap gap-x-4 text-sm text-ink-2">
            {runWords(run, backlog.eta_s).map((words) => (
              <span key={words}>{words}</span>
            ))}
          </p>
        </div>
      )}
    </div>
  );
}

/** The last run and the next, what was asked of the source, what is still to come and how far back it is. */
function Facts({ connection }: { connection: Connection }) {
  const wish = usePreferences();
  const { last, run, quota, requests_today, backlog, schedule, lacks } = connection;
  const { wanted, have, none, failed, eta_s, first } = backlog;
  const reached = backlog.reached ?? (have > 0 ? first : null);
  const allTheWay = reached !== null && first !== null && reached <= first;
  const details = [
    {
      name: t("connections.last"),
      value: lastWords(last, wish),
      hints: last
        ? [
            t("connections.fetched", { count: decimal(last.fetched) }),
            ...(last.state === "failed" || last.note === null ? [] : [last.note]),
          ]
        : [],
    },
    { name: t("connections.next"), value: nextWords(connection, wish), hints: [scheduleWords(schedule, wish)] },
    {
      name: t("connections.quota"),
      value: decimal(requests_today),
      hints: quota.map(({ quota_used: spent, most, seconds }) =>
        t("connections.quota_of", { spent: decimal(spent), most: decimal(most), time: brief(seconds) }),
      ),
    },
    {
      name: t("connections.backlog"),
      value: wanted === 0 ? t("connections.backlog_none") : decimal(wanted),
      hints: [
        ...(wanted > 0 && eta_s !== null && !run ? [t("connections.eta", { time: roughly(eta_s) })] : []),
        t("connections.backlog_hint", { have: decimal(have), none: decimal(none) }),
        ...(failed > 0 ? [many("connections.backlog_failed", failed, decimal(failed))] : []),
      ],
    },
    ...(reached === null
      ? []
      : [
          {
            name: t("connections.reached"),
            value: day(reached, wish, "plain"),
            hints: [
              allTheWay
                ? t("connections.reached_all")
                : first === null
                  ? ""
                  : t("connections.reached_first", { day: day(first, wish, "plain") }),
            ],
          },
        ]),
    ...(lacks.length === 0
      ? []
      : [
          {
            name: t("connections.lacks"),
            value: decimal(lacks.length),
            hints: [lacks.join(", "), t("connections.allow")],
          },
        ]),
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3 border-t border-line px-4 py-3 md:flex md:flex-wrap md:px-5">
      {details.map(({ name, value, hints }) => (
        <div key={name} className="min-w-0 md:min-w-32 md:flex-1">
          <dt className="label">{name}</dt>
          <dd className="font-medium">{value}</dd>
          {hints.filter(Boolean).map((hint) => (
            <dd key={hint} className="text-xs text-ink-2">
              {hint}
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}
