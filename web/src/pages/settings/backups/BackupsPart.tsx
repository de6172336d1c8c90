import { reason } from "@/api/client";
import { usePreferences } from "@/api/session";
import { useBackUpNow, useBackups, useSetBackupPlan, useTestRestoring } from "@/api/settings";
import type { Backups } from "@/api/types";
import { instant, soon } from "@/lib/dates";
import { bytes, decimal, duration } from "@/lib/units";
import { Part } from "@/pages/settings/Part";
import { Button } from "@/ui/controls/Button";
import { Empty, Failure, Notice, Waiting } from "@/ui/layout/States";
import { sayError } from "@/ui/layout/Toasts";
import { Meter } from "@/ui/values/Meter";
import { Table } from "@/ui/values/Table";
import { EncryptionForm } from "./EncryptionForm";
import { PlanForm } from "./PlanForm";
import { many, t } from "./text";

const fail = (error: unknown): void => {
  sayError(reason(error));
};

/** How backups are doing, what is there, and when the next ones are made; an administrator's. */
export function BackupsPart() {
  const { data, error, refetch } = useBackups();
  return (
    <Part title={t("backups.title")} lead={t("backups.lead")}>
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Waiting>
          <div className="skeleton h-60" />
        </Waiting>
      ) : (
        <div className="flex flex-col gap-5">
          <Problems data={data} />
          {data.plan.folder === null ? (
            <Empty icon="download" title={t("backups.none")} hint={t("backups.none_hint")} />
          ) : (
            <>
              <Summary data={data} />
              <Acts data={data} />
              <Files data={data} />
            </>
          )}
          <EncryptionForm encryption={data.encryption} />
          <PlanForm key={JSON.stringify(data.plan)} data={data} />
        </div>
      )}
    </Part>
  );
}

/** What is wrong, each with what to do. */
function Problems({ data }: { data: Backups }) {
  const wish = usePreferences();
  const set = useSetBackupPlan();
  const { last, drill, problem, plan, copies } = data;
  const when = (at: string | null): string => (at === null ? "" : instant(at, wish));
  return (
    <>
      {problem !== null && (
        <Notice tone="bad">
          <span className="min-w-0 flex-1 basis-60">{problem}</span>
          <Button
            busy={set.isPending}
            onClick={() => {
              set.mutate({ ...planned(plan), again: true }, { onError: fail });
            }}
          >
            {t("backups.again")}
          </Button>
        </Notice>
      )}
      {last?.state === "failed" && problem === null && (
        <Notice tone="bad">
          <span className="min-w-0 flex-1">
            {t("backups.failed", { when: when(last.ended_at), note: last.note ?? "" })}
          </span>
        </Notice>
      )}
      {drill?.state === "failed" && (
        <Notice tone="bad">
          <span className="min-w-0 flex-1">
            {t("backups.test_failed", { when: when(drill.ended_at), note: drill.note ?? "" })}
          </span>
        </Notice>
      )}
      {copies?.last?.state === "failed" && (
        <Notice tone="bad">
          <span className="min-w-0 flex-1">
            {t("backups.copy_failed", { when: when(copies.last.ended_at), note: copies.last.note ?? "" })}
          </span>
        </Notice>
      )}
      {(last?.missing ?? 0) > 0 && <Notice tone="warn">{many("backups.missing", last?.missing ?? 0)}</Notice>}
      {data.beside && problem === null && (
        <Notice tone="warn">
          <span className="min-w-0 flex-1">{t("backups.same_disk")}</span>
        </Notice>
      )}
    </>
  );
}

/** The plan as it is sent. */
function planned({ on, folder, every, hour, daily, weekly, monthly }: Backups["plan"]) {
  return { on, folder, every, hour, daily, weekly, monthly };
}

function Summary({ data }: { data: Backups }) {
  const wish = usePreferences();
  const said = (at: string | null): string | null => (at === null ? null : soon(Date.parse(at), wish));
  const { drill, copies } = data;
  const figures = [
    { name: t("backups.last"), value: said(data.good_at) ?? t("backups.never") },
    {
      name: t("backups.next"),
      value: data.active ? said(data.next_at) : t("backups.off"),
    },
    { name: t("backups.kept"), value: decimal(data.files.length), hint: bytes(data.bytes) },
    ...(copies === null
      ? []
      : [{ name: t("backups.copied"), value: decimal(copies.count), hint: bytes(copies.bytes) }]),
    {
      name: t("backups.test"),
      value:
        drill === null ? t("backups.never") : drill.state === "failed" ? t("backups.test_bad") : said(drill.ended_at),
      ...(drill?.state === "done" && { hint: many("backups.test_good", drill.compared ?? 0) }),
    },
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3 lg:grid-cols-4">
      {figures.map(({ name, value, hint }) => (
        <div key={name} className="min-w-0">
          <dt className="label">{name}</dt>
          <dd className="text-lg font-semibold">{value}</dd>
          {hint !== undefined && <dd className="text-sm text-ink-2">{hint}</dd>}
        </div>
      ))}
    </dl>
  );
}

/** A backup or a test now, and how far it is. */
function Acts({ data }: { data: Backups }) {
  const backUp = useBackUpNow();
  const test = useTestRestoring();
  const { running, drilling, copies } = data;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <Button
          kind="primary"
          icon="download"
          busy={backUp.isPending || running !== null}
          onClick={() => {
            backUp.mutate(undefined, { onError: fail });
          }}
        >
          {t("backups.now")}
        </Button>
        <Button
          icon="check"
          busy={test.isPending || drilling !== null}
          disabled={data.files.length === 0 || drilling !== null}
          onClick={() => {
            test.mutate(undefined, { onError: fail });
          }}
        >
          {t("backups.test_now")}
        </Button>
      </div>
      {running !== null && (
        <div role="status">
          <p className="mb-1.5 text-sm text-ink-2">
            {[
              t("backups.running"),
              running.total > 0
                ? t("backups.step", { done: decimal(running.done), total: decimal(running.total) })
                : t("backups.starting"),
            ].join(" · ")}
          </p>
          <Meter label={t("backups.running")} value={running.done} max={running.total} />
        </div>
      )}
      {copies !== null && copies.running !== null && (
        <p role="status" className="text-sm text-ink-2">
          {t("backups.copying", { place: copies.place })}
        </p>
      )}
      {drilling !== null && (
        <p role="status" className="text-sm text-ink-2">
          {t("backups.testing")}
        </p>
      )}
    </div>
  );
}

function Files({ data }: { data: Backups }) {
  const wish = usePreferences();
  if (data.files.length === 0) return null;
  return (
    <div>
      <Table
        label={t("backups.list")}
        rows={data.files}
        keyOf={({ id }) => id}
        first={7}
        columns={[
          { head: t("backups.made"), cell: ({ began_at: at }) => (at === null ? "" : instant(at, wish)), words: true },
          { head: t("backups.size"), cell: ({ size_bytes: size }) => bytes(size ?? 0) },
          { head: t("backups.took"), cell: ({ took_s: took }) => duration(took) },
          { head: t("backups.originals"), cell: ({ originals }) => decimal(originals ?? 0) },
          { head: t("backups.file"), cell: ({ file }) => file, words: true },
        ]}
      />
      <p className="mt-2 max-w-prose text-sm text-ink-2">{t("backups.where", { folder: data.plan.folder ?? "" })}</p>
      {data.copies && (
        <p className="mt-2 max-w-prose text-sm text-ink-2">{t("backups.copies_in", { place: data.copies.place })}</p>
      )}
    </div>
  );
}
