import { useState } from "react";

import { reason } from "@/api/client";
import { useSend, useSending, type SendTarget, type SessionToSend } from "@/api/coach/sending";
import { useMayOwn } from "@/api/session";
import { decimal } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { SelectField } from "@/ui/controls/Field";
import { Failure, Notice, Waiting } from "@/ui/layout/States";
import { many, t } from "@/features/coach/text";
import { SendRow } from "./SendRow";
import { changes } from "./states";

const DAYS = [7, 14, 28] as const;

/** What sending would change at each provider, before anything leaves. */
export function SendDialog({ session = null, onClose }: { session?: string | null; onClose: () => void }) {
  const [days, setDays] = useState<number>(DAYS[0]);
  const [to, setTo] = useState("");
  const mayOwn = useMayOwn();
  const { data, error, refetch } = useSending(session === null ? days : null);
  const send = useSend();
  const shown = (data?.items ?? []).filter(
    (one) => (session === null || one.session === session) && (to === "" || one.connection === to),
  );
  const count = shown.filter(changes).length;
  return (
    <Dialog title={t("send.title")} wide onClose={onClose}>
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap gap-4">
          {session === null && (
            <SelectField
              label={t("send.days")}
              value={days}
              onChange={({ target }) => {
                setDays(Number(target.value));
              }}
            >
              {DAYS.map((number) => (
                <option key={number} value={number}>
                  {t("send.next_days", { count: decimal(number) })}
                </option>
              ))}
            </SelectField>
          )}
          {(data?.targets.length ?? 0) > 1 && (
            <SelectField
              label={t("send.to")}
              value={to}
              onChange={({ target }) => {
                setTo(target.value);
              }}
            >
              <option value="">{t("send.every")}</option>
              {data?.targets.map(({ connection, name }) => (
                <option key={connection} value={connection}>
                  {name}
                </option>
              ))}
            </SelectField>
          )}
        </div>
        {error && !data && <Failure error={error} retry={() => void refetch()} />}
        {!data && !error && (
          <Waiting>
            <div className="skeleton h-32" />
          </Waiting>
        )}
        {data && <Rows items={shown} targets={data.targets} />}
        {send.isError && (
          <div role="alert">
            <Notice tone="bad">{reason(send.error)}</Notice>
          </div>
        )}
        {data && !mayOwn && <p className="text-sm text-ink-2">{t("send.owner")}</p>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("app.close")}</Button>
          <Button
            kind="primary"
            busy={send.isPending}
            disabled={count === 0}
            onClick={() => {
              send.mutate({ days: session === null ? days : null, session, to: to || null, approve: mayOwn });
            }}
          >
            {mayOwn ? many("send.approve", count, decimal(count)) : many("send.propose", count, decimal(count))}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Rows({ items, targets }: { items: SessionToSend[]; targets: SendTarget[] }) {
  const names = new Map(targets.map(({ connection, name }) => [connection, name]));
  if (items.length === 0) return <p className="text-ink-2">{t("send.nothing")}</p>;
  return (
    <ul className="card divide-y divide-line">
      {items.map((one) => (
        <SendRow key={`${one.connection} ${one.session}`} item={one} name={names.get(one.connection) ?? ""} />
      ))}
    </ul>
  );
}
