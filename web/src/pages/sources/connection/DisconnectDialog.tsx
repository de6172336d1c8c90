import { useState, type ReactNode } from "react";

import { reason } from "@/api/client";
import { useDisconnect, useLosses } from "@/api/sources/sources";
import type { Connection, Losses } from "@/api/types";
import { classes } from "@/lib/classes";
import { decimal } from "@/lib/units";
import { many, t } from "@/pages/sources/text";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Check } from "@/ui/controls/Field";
import { Failure, Notice, Waiting } from "@/ui/layout/States";
import { say } from "@/ui/layout/Toasts";

/** End a connection: normally only its sign-in goes. Deleting its data is a separate choice, confirmed twice. */
export function DisconnectDialog({
  connection,
  onClose,
  onDone,
}: {
  connection: Connection;
  onClose: () => void;
  onDone: () => void;
}) {
  const losses = useLosses(connection.id);
  const disconnect = useDisconnect();
  const [purge, setPurge] = useState(false);
  const [sure, setSure] = useState(false);
  const { id, name } = connection;
  const cached = losses.data?.cached ?? 0;
  const go = (): void => {
    disconnect.mutate(
      { id, purge },
      {
        onSuccess: () => {
          say(t(purge ? "disconnect.done_purged" : cached > 0 ? "disconnect.done_own" : "disconnect.done", { name }));
          onDone();
        },
      },
    );
  };
  return (
    <Dialog title={t("disconnect.title", { name })} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <p className="text-sm text-ink-2">{t("disconnect.lead")}</p>
        {disconnect.isError && (
          <div role="alert">
            <Notice tone="bad">{reason(disconnect.error)}</Notice>
          </div>
        )}
        {losses.isPending && (
          <Waiting>
            <div className="skeleton h-28" />
          </Waiting>
        )}
        {losses.isError && <Failure error={losses.error} retry={() => void losses.refetch()} />}
        {losses.data && (
          <fieldset className="flex flex-col gap-2">
            <legend className="mb-1 text-sm font-medium text-ink-2">{t("disconnect.choice")}</legend>
            <Choice
              title={t(cached > 0 ? "disconnect.keep_own" : "disconnect.keep")}
              hint={cached > 0 ? many("disconnect.keep_own_hint", cached) : t("disconnect.keep_hint")}
              chosen={!purge}
              onChoose={() => {
                setPurge(false);
              }}
            />
            <Choice
              title={t("disconnect.purge")}
              hint={t("disconnect.purge_hint")}
              danger
              chosen={purge}
              onChoose={() => {
                setPurge(true);
              }}
            >
              <ul className="mt-1 list-disc pl-4 text-sm">
                {lossWords(losses.data).map((words) => (
                  <li key={words}>{words}</li>
                ))}
              </ul>
            </Choice>
          </fieldset>
        )}
        {purge && (
          <Check
            label={t("disconnect.sure")}
            checked={sure}
            onChange={(event) => {
              setSure(event.target.checked);
            }}
          />
        )}
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button
            kind="danger"
            icon={purge ? "trash" : "close"}
            busy={disconnect.isPending}
            disabled={disconnect.isPending || (purge && !sure)}
            onClick={go}
          >
            {t(purge ? "disconnect.go_purge" : "disconnect.go")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

const lossWords = ({ activities, only_here, days, files, payloads }: Losses): string[] => [
  many("disconnect.activities", only_here, decimal(only_here)),
  ...(activities > only_here
    ? [many("disconnect.shared", activities - only_here, decimal(activities - only_here))]
    : []),
  many("disconnect.days", days, decimal(days)),
  many("disconnect.files", files, decimal(files)),
  many("disconnect.payloads", payloads, decimal(payloads)),
];

function Choice({
  title,
  hint,
  chosen,
  onChoose,
  danger = false,
  children,
}: {
  title: string;
  hint: string;
  chosen: boolean;
  onChoose: () => void;
  danger?: boolean;
  children?: ReactNode;
}) {
  return (
    <label
      className={classes(
        "flex cursor-pointer items-start gap-3 rounded-lg border border-line px-3 py-2.5",
        "hover:border-line-strong has-focus-visible:outline-2 has-focus-visible:outline-accent",
        danger
          ? "has-checked:border-danger has-checked:bg-danger-soft"
          : "has-checked:border-accent has-checked:bg-accent-soft",
      )}
    >
      <input type="radio" name="fate" checked={chosen} className="mt-1 accent-(--accent)" onChange={onChoose} />
      <span className="min-w-0">
        <span className={`block font-medium ${danger ? "text-danger" : ""}`}>{title}</span>
        <span className="block text-sm text-ink-2">{hint}</span>
        {children}
      </span>
    </label>
  );
}
