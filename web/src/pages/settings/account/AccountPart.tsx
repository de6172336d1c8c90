import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";

import { Problem, reason } from "@/api/client";
import { keepsOffline, wishOffline } from "@/api/offline";
import { useChangePassword, useSession, useSignOut } from "@/api/session";
import { useLogins } from "@/api/signIn";
import { mayKeep } from "@/lib/vault";
import { Part } from "@/pages/settings/Part";
import { DeleteAccount } from "@/pages/settings/people/DeleteAccount";
import { OwnEvents } from "@/pages/settings/security/SecurityPart";
import { t } from "@/pages/settings/text";
import { Logins } from "./Logins";
import { PasskeysPart } from "./PasskeysPart";
import { SecondFactorPart } from "./SecondFactorPart";
import { Sessions } from "./Sessions";
import { Button } from "@/ui/controls/Button";
import { Check } from "@/ui/controls/Field";
import { PasswordField, SHORTEST_PASSWORD } from "@/ui/controls/PasswordField";
import { Notice } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";

/** Whether this device keeps what is opened, to be read offline. */
function OfflinePart() {
  const client = useQueryClient();
  const [wish, setWish] = useState(keepsOffline);
  return (
    <Part title={t("settings.offline")} lead={t("settings.offline_lead")}>
      <Check
        label={t("settings.offline_keep")}
        checked={wish}
        onChange={({ target }) => {
          setWish(target.checked);
          wishOffline(client, target.checked).catch((error: unknown) => {
            setWish(keepsOffline());
            sayError(reason(error));
          });
        }}
      />
    </Part>
  );
}

const EMPTY = { current: "", new: "", keep_tokens: false };

export function AccountPart() {
  const { data } = useSession();
  const logins = useLogins();
  const signOut = useSignOut();
  const change = useChangePassword();
  const [form, setForm] = useState(EMPTY);
  const [short, setShort] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const tooShort = form.new.length < SHORTEST_PASSWORD;
    setShort(tooShort);
    if (tooShort) return;
    change.mutate(form, {
      onSuccess: () => {
        setForm(EMPTY);
        say(t("settings.changed"));
      },
    });
  };
  return (
    <div className="flex flex-col gap-4">
      <section className="card flex flex-wrap items-center justify-between gap-3 p-5 md:px-6">
        <p>{t("app.signed_in_as", { name: data?.account?.username ?? "" })}</p>
        <Button
          icon="signout"
          onClick={() => {
            signOut.mutate();
          }}
        >
          {t("app.sign_out")}
        </Button>
      </section>
      {mayKeep() && <OfflinePart />}
      <Logins />
      <PasskeysPart />
      <SecondFactorPart />
      <Sessions />
      {logins.data?.password && (
        <Part title={t("settings.password")} lead={t("settings.password_lead")}>
          <form onSubmit={submit} className="flex max-w-sm flex-col gap-4">
            {change.isError && (
              <div role="alert">
                <Notice tone="bad">{refusal(change.error)}</Notice>
              </div>
            )}
            <PasswordField
              label={t("settings.current")}
              value={form.current}
              autoComplete="current-password"
              onChange={(event) => {
                setForm({ ...form, current: event.target.value });
              }}
            />
            <PasswordField
              label={t("settings.new")}
              hint={t("field.password_hint")}
              value={form.new}
              autoComplete="new-password"
              error={short ? t("field.too_short", { count: SHORTEST_PASSWORD }) : undefined}
              onChange={(event) => {
                setForm({ ...form, new: event.target.value });
              }}
            />
            <Check
              label={t("field.keep_tokens")}
              checked={form.keep_tokens}
              onChange={(event) => {
                setForm({ ...form, keep_tokens: event.target.checked });
              }}
            />
            <div>
              <Button type="submit" kind="primary" busy={change.isPending}>
                {t("settings.change")}
              </Button>
            </div>
          </form>
        </Part>
      )}
      <OwnEvents />
      <DeleteAccount name={data?.account?.username ?? ""} />
    </div>
  );
}

function refusal(error: Error): string {
  const wrong = error instanceof Problem && (error.status === 401 || error.status === 403);
  return wrong ? t("settings.password_wrong") : reason(error);
}
