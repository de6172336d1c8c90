import { useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { usePreferences } from "@/api/session";
import { useSync } from "@/api/sources/sources";
import type { Connection } from "@/api/types";
import { shifted, today } from "@/lib/dates";
import { t } from "@/pages/sources/text";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { say } from "@/ui/layout/Toasts";

const USUAL_DAYS = 7;

/** Sync some days by hand. */
export function DaysDialog({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const wish = usePreferences();
  const sync = useSync();
  const [until, setUntil] = useState(() => today(wish.zone));
  const [since, setSince] = useState(() => shifted(until, 1 - USUAL_DAYS));
  const [wrong, setWrong] = useState(false);
  const { id, name } = connection;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const bad = since === "" || until === "" || since > until;
    setWrong(bad);
    if (!bad)
      sync.mutate(
        { id, since, until },
        {
          onSuccess: () => {
            say(t("connections.started", { name }));
            onClose();
          },
        },
      );
  };
  return (
    <Dialog title={t("connections.days_title", { name })} onClose={onClose}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        {sync.isError && (
          <div role="alert">
            <Notice tone="bad">{reason(sync.error)}</Notice>
          </div>
        )}
        <p className="text-sm text-ink-2">{t("connections.days_hint")}</p>
        <div className="grid grid-cols-2 gap-4">
          <TextField
            label={t("connections.from")}
            type="date"
            value={since}
            max={today(wish.zone)}
            error={wrong ? t("connections.days_bad") : undefined}
            onChange={(event) => {
              setSince(event.target.value);
            }}
          />
          <TextField
            label={t("connections.to")}
            type="date"
            value={until}
            max={today(wish.zone)}
            onChange={(event) => {
              setUntil(event.target.value);
            }}
          />
        </div>
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" kind="primary" busy={sync.isPending}>
            {t("connections.days_go")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
