import { useState } from "react";

import { usePreferences } from "@/api/session";
import { useLog, type LogLevel } from "@/api/sources";
import type { Connection, LogLine } from "@/api/types";
import { instant } from "@/lib/dates";
import { t } from "@/lib/text";
import { Button } from "@/ui/Button";
import { Pick } from "@/ui/Field";
import { Icon } from "@/ui/Icon";
import { Section } from "@/ui/Page";
import { Failure, Waiting } from "@/ui/States";

const MARKS: Record<LogLevel, [icon: string, tone: string]> = {
  info: ["info", "text-ink-3"], warning: ["alert", "text-warn"], error: ["alert", "text-danger"],
};

/** What happened with a connection, the newest first. */
export function Log({ connection }: { connection: Connection }) {
  const [level, setLevel] = useState<LogLevel>("info");
  const log = useLog(connection.id, level, connection.run !== null);
  const lines = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section
      id="log" title={t("log.title")}
      actions={
        <Pick name={t("log.level")} value={level} onChange={(event) => { setLevel(event.target.value as LogLevel); }}>
          <option value="info">{t("log.info")}</option>
          <option value="warning">{t("log.warning")}</option>
          <option value="error">{t("log.error")}</option>
        </Pick>
      }
    >
      <div className="card px-4 py-2 md:px-5" data-testid="log">
        {log.isPending && <Waiting><div className="skeleton my-2 h-24" /></Waiting>}
        {log.isError && lines.length === 0 && <Failure error={log.error} retry={() => void log.refetch()} />}
        {log.isSuccess && lines.length === 0 && <p className="py-4 text-center text-sm text-ink-2">{t(level === "info" ? "log.none" : "log.none_level")}</p>}
        <ol className="divide-y divide-line">{lines.map((line) => <Line key={line.id} line={line} />)}</ol>
      </div>
      {log.hasNextPage && <Button className="mt-3" busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>{t("log.older")}</Button>}
    </Section>
  );
}

function Line({ line }: { line: LogLine }) {
  const wish = usePreferences();
  const [icon, tone] = MARKS[line.level];
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 py-2 text-sm md:grid-cols-[auto_10.5rem_minmax(0,1fr)]" data-level={line.level}>
      <span className={`mt-0.5 ${tone}`}>
        <Icon name={icon} size={16} />
        {line.level !== "info" && <span className="sr-only">{t(line.level === "error" ? "log.is_error" : "log.is_warning")}</span>}
      </span>
      <time dateTime={new Date(line.at_ms).toISOString()} className="text-xs leading-5 text-ink-3 md:text-sm">{instant(line.at_ms, wish)}</time>
      <span className="min-w-0 break-words max-md:col-start-2">{line.text}</span>
    </li>
  );
}
