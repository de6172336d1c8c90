import { usePreferences } from "@/api/session";
import { useServerStatus } from "@/api/settings";
import type { ServerStatus } from "@/api/types";
import { instant, soon } from "@/lib/dates";
import { bytes, decimal } from "@/lib/units";
import { Part } from "@/pages/settings/Part";
import { Button } from "@/ui/controls/Button";
import { Failure, Notice, Waiting } from "@/ui/layout/States";
import { Meter } from "@/ui/values/Meter";
import { Table } from "@/ui/values/Table";
import { MailPart } from "./MailPart";
import { many, t } from "./text";

/** The parts that a health check names. */
const PARTS = { database: "parts.database", jobs: "parts.jobs", archive: "parts.archive", disk: "parts.disk" } as const;

const STORAGE = {
  originals: "storage.originals",
  database: "storage.database",
  calculated: "storage.calculated",
  jobs: "storage.jobs",
  maps: "storage.maps",
  uploads: "storage.uploads",
  copies: "storage.copies",
} as const;

/** How the server is: what works, what waits, and what takes how much room; an administrator's. */
export function ServerPart() {
  return (
    <div className="flex flex-col gap-6">
      <Status />
      <MailPart />
    </div>
  );
}

function Status() {
  const { data, error, refetch, isFetching } = useServerStatus();
  return (
    <Part title={t("server.title")} lead={t("server.lead")}>
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Waiting>
          <div className="skeleton h-60" />
        </Waiting>
      ) : (
        <div className="flex flex-col gap-6">
          <Overview data={data} />
          <Storage data={data} />
          <Waits data={data} />
          <Processes data={data} />
          <div>
            <Button busy={isFetching} onClick={() => void refetch()}>
              {t("server.reload")}
            </Button>
          </div>
        </div>
      )}
    </Part>
  );
}

function Overview({ data }: { data: ServerStatus }) {
  const wrong = Object.entries(data.parts).filter(([, state]) => state !== "ok");
  const used = data.storage.reduce((sum, part) => sum + part.bytes, 0);
  const figures = [
    { name: t("server.version"), value: data.version },
    { name: t("server.database"), value: data.database },
    { name: t("server.used"), value: bytes(used) },
    { name: t("server.free"), value: bytes(data.free_bytes) },
  ];
  return (
    <div className="flex flex-col gap-4">
      {wrong.length === 0 ? (
        <Notice>{t("server.ok")}</Notice>
      ) : (
        wrong.map(([part, state]) => (
          <Notice key={part} tone="bad">
            {`${part in PARTS ? t(PARTS[part as keyof typeof PARTS]) : part}: ${state}`}
          </Notice>
        ))
      )}
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 lg:grid-cols-4">
        {figures.map(({ name, value }) => (
          <div key={name} className="min-w-0">
            <dt className="label">{name}</dt>
            <dd className="text-lg font-semibold break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Storage({ data }: { data: ServerStatus }) {
  const largest = Math.max(1, ...data.storage.map((part) => part.bytes));
  return (
    <section>
      <h3 className="mb-2 font-semibold">{t("server.storage")}</h3>
      <ul className="flex flex-col gap-2.5">
        {data.storage.map((part) => (
          <li key={part.part}>
            <p className="mb-1 flex justify-between gap-3 text-sm">
              <span>{t(STORAGE[part.part])}</span>
              <span className="text-ink-2">{bytes(part.bytes)}</span>
            </p>
            <Meter label={t(STORAGE[part.part])} value={part.bytes} max={largest} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Waits({ data }: { data: ServerStatus }) {
  const wish = usePreferences();
  const there = data.waiting.filter(({ count }) => count > 0);
  return (
    <section>
      <h3 className="mb-2 font-semibold">{t("server.waiting")}</h3>
      {there.length === 0 && <p className="text-sm text-ink-2">{t("server.waiting_none")}</p>}
      <ul className="text-sm">
        {there.map(({ kind, count, since }) => (
          <li key={kind}>
            {many(kind === "files" ? "server.files" : "server.syncs", count, decimal(count))}
            {since !== null && `, ${t("server.since", { when: soon(Date.parse(since), wish) })}`}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Processes({ data }: { data: ServerStatus }) {
  const wish = usePreferences();
  if (data.processes.length === 0) return null;
  return (
    <section>
      <h3 className="mb-2 font-semibold">{t("server.processes")}</h3>
      <Table
        label={t("server.processes")}
        rows={data.processes}
        keyOf={({ name }) => name}
        columns={[
          { head: t("server.process"), cell: ({ name }) => name, words: true },
          {
            head: t("server.seen"),
            cell: ({ seen_at: at, alive }) =>
              alive ? instant(at, wish) : t("server.silent", { when: instant(at, wish) }),
            words: true,
          },
        ]}
      />
    </section>
  );
}
