import { useEffect, useState, type FormEvent } from "react";

import { onConfirm, Problem } from "@/api/client";
import { passkeyReason, useConfirmWithPasskey } from "@/api/people/passkeys";
import { useSession } from "@/api/session";
import { useBeginOidc, useConfirm, useLogins } from "@/api/signIn";
import { CodeField } from "@/features/factor/SetUpFactor";
import { knowsPasskeys } from "@/lib/signIn/passkeys";
import { t } from "@/lib/text";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { PasswordField } from "@/ui/controls/PasswordField";
import { Notice } from "@/ui/layout/States";

type Answer = (confirmed: boolean) => void;

/** Asks who it is whenever the server wants to know; the change that asked for it then goes on. */
export function ConfirmIdentity() {
  const [answer, setAnswer] = useState<{ give: Answer } | null>(null);
  useEffect(
    () =>
      onConfirm(
        () =>
          new Promise((give) => {
            setAnswer({ give });
          }),
      ),
    [],
  );
  if (!answer) return null;
  return (
    <Ask
      give={(confirmed) => {
        setAnswer(null);
        answer.give(confirmed);
      }}
    />
  );
}

function Ask({ give }: { give: Answer }) {
  const { data: session } = useSession();
  const logins = useLogins();
  const [confirm, begin, byPasskey] = [useConfirm(), useBeginOidc(), useConfirmWithPasskey()];
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    confirm.mutate(
      { password, code },
      {
        onSuccess: () => {
          give(true);
        },
      },
    );
  };
  const providers = [...new Set(logins.data?.items.map(({ provider }) => provider))];
  const shown = session?.providers.filter(({ key }) => providers.includes(key)) ?? [];
  const problem = confirm.error ?? begin.error ?? byPasskey.error ?? logins.error;
  return (
    <Dialog
      title={t("confirm.title")}
      onClose={() => {
        give(false);
      }}
    >
      <p className="mb-4 text-sm text-ink-2">{t("confirm.lead")}</p>
      {problem && (
        <div role="alert" className="mb-4">
          <Notice tone="bad">
            {problem instanceof Problem && problem.status === 401 ? t("confirm.wrong") : passkeyReason(problem)}
          </Notice>
        </div>
      )}
      {logins.data?.password && (
        <form onSubmit={submit} className="flex flex-col gap-4">
          {/* Password managers fill the pair. */}
          <input
            className="sr-only"
            tabIndex={-1}
            aria-hidden
            readOnly
            autoComplete="username"
            value={session?.account?.username ?? ""}
          />
          <PasswordField
            label={t("field.password")}
            autoComplete="current-password"
            value={password}
            onChange={({ target }) => {
              setPassword(target.value);
            }}
          />
          {logins.data.second_factor && <CodeField value={code} onChange={setCode} />}
          <Button type="submit" kind="primary" busy={confirm.isPending}>
            {t("confirm.go")}
          </Button>
        </form>
      )}
      {logins.data?.passkey && knowsPasskeys() && (
        <Button
          icon="key"
          className="mt-4 w-full"
          busy={byPasskey.isPending}
          onClick={() => {
            byPasskey.mutate(undefined, {
              onSuccess: () => {
                give(true);
              },
            });
          }}
        >
          {t("confirm.passkey")}
        </Button>
      )}
      {shown.length > 0 && (
        <div className="mt-4 flex flex-col gap-2">
          {shown.map(({ key, name }) => (
            <Button
              key={key}
              busy={begin.isPending && begin.variables.provider === key}
              onClick={() => {
                begin.mutate({ provider: key, purpose: "confirm", back: location.pathname + location.search });
              }}
            >
              {t("confirm.with", { name })}
            </Button>
          ))}
          <p className="text-xs text-ink-3">{t("confirm.again")}</p>
        </div>
      )}
    </Dialog>
  );
}
