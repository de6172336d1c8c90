import { useState } from "react";
import { Link } from "react-router";

import { usePreferences } from "@/api/session";
import { useLog, type LogLevel } from "@/api/sources/sources";
import type { Connection, LogLine } from "@/api/types";
import { instant } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { byRun, folded } from "@/lib/sources/log";
import { decimal } from "@/lib/units";
import { t } from "@/pages/sources/text";
import { Button } from "@/ui/controls/Button";
import { Pick } from "@/ui/controls/Field";
import { Section } from "@/ui/layout/Page";
import { Failure, Waiting } from "@/ui/layout/States";
import { Icon } from "@/ui/pictures/Icon";

const MARKS: Record<LogLevel, [icon: string, tone: string]> = {
  info: ["info", "text-ink-3"],
  warning: ["alert", "text-warn"],
  error: ["alert", "text-danger"],
};

/** What happened with a connection, the newest first. */
export function Log({ connection }: { connection: Connection }) {
  const [level, setLevel] = useState<LogLevel>("info");
  const log = useLog(connection.id, level, connection.run !== null);
  const lines = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section
      id="log"
      title={t("log.title")}
      actions={
        <Pick
          name={t("log.level")}
          value={level}
          onChange={(event) => {
            setLevel(event.target.value as LogLevel);
          }}
        >
          <option value="info">{t("log.info")}</option>
          <option value="warning">{t("log.warning")}</option>
          <option value="error">{t("log.error")}</option>
        </Pick>
      }
    >
      <div className="card px-4 py-2 md:px-5" data-testid="log">
        {log.isPending && (
          <Waiting>
            <div className="skeleton my-2 h-24" />
          </Waiting>
        )}
        {log.isError && lines.length === 0 && <Failure error={log.error} retry={() => void log.refetch()} />}
        {log.isSuccess && lines.length === 0 && (
          <p className="py-4 text-center text-sm text-ink-2">{t(level === "info" ? "log.none" : "log.none_level")}</p>
        )}
        <ol className="divide-y divide-line">
          {folded(byRun(lines)).map((runs) =>
            runs.length > 1 ? (
              <Quiet key={runs[0]?.[0]?.id} runs={runs} />
            ) : (
              <Run key={runs[0]?.[0]?.id} lines={runs[0] ?? []} />
            ),
          )}
        </ol>
      </div>
      {log.hasNextPage && (
        <Button className="mt-3" busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          {t("log.older")}
        </Button>
      )}
    </Section>
  );
}

/** Runs one after the other that brought nothing new, in one line: how many, and from when to when. */
function Quiet({ runs }: { runs: LogLine[][] }) {
  const wish = usePreferences();
  const [from, to] = [runs.at(-1)?.at(-1)?.at_ms ?? 0, runs[0]?.[0]?.at_ms ?? 0];
  return (
    <li className="grid gap-x-3 py-2 md:grid-cols-[10.5rem_minmax(0,1fr)]" data-testid="log-quiet">
      <time dateTime={new Date(from).toISOString()} className="py-0.5 text-xs leading-5 text-ink-3 md:text-sm">
        {instant(from, wish)}
      </time>
      <p className="py-0.5 pl-7 text-sm text-ink-2">
        {t("log.quiet", { count: decimal(runs.length), until: instant(to, wish) })}
      </p>
    </li>
  );
}

/** What happened in one run, or between two of them: when it was, and a line each, the newest first. */
function Run({ lines }: { lines: LogLine[] }) {
  const wish = usePreferences();
  const at = lines.at(-1)?.at_ms ?? 0;
  return (
    <li className="grid gap-x-3 py-2 md:grid-cols-[10.5rem_minmax(0,1fr)]" data-testid="log-run">
      <time dateTime={new Date(at).toISOString()} className="py-0.5 text-xs leading-5 text-ink-3 md:text-sm">
        {instant(at, wish)}
      </time>
      <ol>
        {lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </ol>
    </li>
  );
}

function Line({ line: { level, text, activity } }: { line: LogLine }) {
  const [icon, tone] = MARKS[level];
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 py-0.5 text-sm" data-level={level}>
      <span className={`mt-0.5 ${tone}`}>
        <Icon name={icon} size={16} />
        {level !== "info" && (
          <span className="sr-only">{t(level === "error" ? "log.is_error" : "log.is_warning")}</span>
        )}
      </span>
      <span className="min-w-0 break-words">
        {text}
        {activity && (
          <>
            {" "}
            <span aria-hidden="true">→</span>{" "}
            <Link className="text-accent underline underline-offset-4" to={routes.activity(activity.id)}>
              {activity.name}
            </Link>
          </>
        )}
      </span>
    </li>
  );
}
