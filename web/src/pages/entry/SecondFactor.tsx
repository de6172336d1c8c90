import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, type FormEvent } from "react";

import { Problem, reason } from "@/api/client";
import { useOfferFactorAtDoor, useSwitchOnFactorAtDoor } from "@/api/signIn";
import { passkeyReason, usePasskeySignIn } from "@/api/people/passkeys";
import { SESSION, useGiveCode, useSession, useSignOut } from "@/api/session";
import { CodeField, RecoveryCodes, SetUpFactor } from "@/features/factor/SetUpFactor";
import { knowsPasskeys } from "@/lib/signIn/passkeys";
import { Button } from "@/ui/controls/Button";
import { Failure, Notice, Waiting } from "@/ui/layout/States";
import { sayError } from "@/ui/layout/Toasts";
import { Entry } from "./Entry";
import { t } from "./text";

/** Say why the password is asked for again. */
function sayEnded(error: Error): void {
  if (error instanceof Problem && error.code === "sign-in-ended") sayError(reason(error));
}

/** Back to the password. */
function StartOver() {
  const signOut = useSignOut();
  return (
    <Button
      kind="quiet"
      className="mt-3 w-full"
      busy={signOut.isPending}
      onClick={() => {
        signOut.mutate();
      }}
    >
      {t("factor.over")}
    </Button>
  );
}

/** A passkey in the place of what is asked for; nothing where there is none, or the browser knows none. */
function PasskeyButton({ kind }: { kind: "primary" | "plain" }) {
  const works = useSession().data?.passkeys === true && knowsPasskeys();
  const { press, error } = usePasskeySignIn({ offer: false });
  if (!works) return kind === "primary" ? <Notice tone="warn">{t("factor.no_passkeys")}</Notice> : null;
  return (
    <>
      {error && (
        <div role="alert" className="mb-3">
          <Notice tone="bad">{passkeyReason(error)}</Notice>
        </div>
      )}
      <Button
        icon="key"
        kind={kind}
        className="w-full py-2.5"
        busy={press.isPending}
        onClick={() => {
          press.mutate();
        }}
      >
        {t("passkey.use")}
      </Button>
    </>
  );
}

/** The password was right, and this server asks for a second factor: the person's passkey. */
export function GivePasskey() {
  return (
    <Entry title={t("factor.passkey")} lead={t("factor.passkey_lead")}>
      <PasskeyButton kind="primary" />
      <StartOver />
    </Entry>
  );
}

/** The password was right: a code is awaited. */
export function GiveCode() {
  const give = useGiveCode();
  const [code, setCode] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    give.mutate(code, {
      onError: (error) => {
        setCode("");
        sayEnded(error);
      },
    });
  };
  return (
    <Entry title={t("factor.title")} lead={t("factor.lead")}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <CodeField
          value={code}
          error={give.error && code === "" ? reason(give.error) : undefined}
          autoFocus
          onChange={setCode}
        />
        <Button type="submit" kind="primary" className="py-2.5" busy={give.isPending}>
          {t("signin.go")}
        </Button>
      </form>
      <div className="mt-3 empty:hidden">
        <PasskeyButton kind="plain" />
      </div>
      <StartOver />
    </Entry>
  );
}

/** The password was right, and this server wants a second factor first. */
export function MustSetUp() {
  const client = useQueryClient();
  const [{ mutate: ask, data: offered, error }, switchOn] = [useOfferFactorAtDoor(), useSwitchOnFactorAtDoor()];
  useEffect(() => {
    ask(undefined);
  }, [ask]);
  if (switchOn.data)
    return (
      <Entry title={t("factor.codes_title")} lead={t("factor.is_on")}>
        <RecoveryCodes
          codes={switchOn.data.codes}
          onDone={() => {
            void client.invalidateQueries({ queryKey: SESSION });
          }}
        />
      </Entry>
    );
  return (
    <Entry title={t("factor.must")} lead={t("factor.must_lead")}>
      {error && (
        <Failure
          error={error}
          retry={() => {
            ask(undefined);
          }}
        />
      )}
      {!offered && !error && (
        <Waiting>
          <div className="skeleton h-72" />
        </Waiting>
      )}
      {offered && (
        <SetUpFactor
          offer={offered}
          error={switchOn.error}
          busy={switchOn.isPending}
          onCode={(code) => {
            switchOn.mutate(code, { onError: sayEnded });
          }}
        />
      )}
      <StartOver />
    </Entry>
  );
}
