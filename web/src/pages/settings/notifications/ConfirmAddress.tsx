import { useState, type FormEvent } from "react";
import { useLocation, useNavigate } from "react-router";

import { reason } from "@/api/client";
import { useConfirmAddress, useSendCode, type NoticeChannel } from "@/api/notices/notices";
import { Button } from "@/ui/controls/Button";
import { TextField } from "@/ui/controls/Field";
import { Dialog } from "@/ui/controls/Dialog";
import { Notice } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { proofIn } from "./form";
import { t } from "./text";

/** The code that was sent to an e-mail address; an older address, which gets notifications, has it sent first. */
export function ConfirmAddress({ channel: { id, place, address_state: state } }: { channel: NoticeChannel }) {
  const send = useSendCode();
  const confirm = useConfirmAddress();
  const [code, setCode] = useState("");
  const asks = state === "unconfirmed" || send.isSuccess;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    confirm.mutate(
      { id, proof: code },
      {
        onSuccess: () => {
          say(t("address.confirmed", { place }));
        },
      },
    );
  };
  return (
    <form noValidate onSubmit={submit} className="mt-3 flex flex-col gap-3">
      <Notice tone={state === "unconfirmed" ? "warn" : "info"}>
        {t(state === "unconfirmed" ? "address.unconfirmed" : "address.open")}
      </Notice>
      {asks && (
        <div className="max-w-52">
          <TextField
            label={t("address.code")}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={20}
            value={code}
            onChange={({ target }) => {
              setCode(target.value);
            }}
          />
        </div>
      )}
      {confirm.isError && (
        <div role="alert">
          <Notice tone="bad">{reason(confirm.error)}</Notice>
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        {asks && (
          <Button type="submit" kind="primary" busy={confirm.isPending} disabled={code.trim() === ""}>
            {t("address.confirm")}
          </Button>
        )}
        <Button
          busy={send.isPending}
          onClick={() => {
            send.mutate(id, {
              onSuccess: () => {
                say(t("address.sent", { place }));
              },
              onError: (error) => {
                sayError(reason(error));
              },
            });
          }}
        >
          {t(asks ? "address.again" : "address.send")}
        </Button>
      </div>
    </form>
  );
}

/** What the link in the mail leads to: it confirms nothing by itself, for programs open links too. */
export function ConfirmByLink({ channels }: { channels: NoticeChannel[] }) {
  const { hash } = useLocation();
  const navigate = useNavigate();
  const confirm = useConfirmAddress();
  const found = proofIn(hash);
  const channel = channels.find(({ id }) => id === found?.id);
  if (!found || channel?.way !== "email" || channel.address_state === "confirmed") return null;
  const close = (): void => {
    void navigate({ hash: "" }, { replace: true });
  };
  return (
    <Dialog title={t("address.title")} onClose={close}>
      <p>{t("address.ask", { place: channel.place })}</p>
      {confirm.isError && (
        <div role="alert" className="mt-3">
          <Notice tone="bad">{reason(confirm.error)}</Notice>
        </div>
      )}
      <div className="mt-5 flex justify-end">
        <Button
          kind="primary"
          busy={confirm.isPending}
          onClick={() => {
            confirm.mutate(found, {
              onSuccess: () => {
                say(t("address.confirmed", { place: channel.place }));
                close();
              },
            });
          }}
        >
          {t("address.confirm")}
        </Button>
      </div>
    </Dialog>
  );
}
