import { useState, type FormEvent } from "react";

import { Problem, reason } from "@/api/client";
import { passkeyReason, usePasskeySignIn } from "@/api/people/passkeys";
import { useProxySignIn, useSession, useSignIn } from "@/api/session";
import { useBeginOidc } from "@/api/signIn";
import { knowsPasskeys } from "@/lib/signIn/passkeys";
import { routes } from "@/lib/routes";
import { signInProblem } from "@/lib/signIn/signInProblem";
import { duration } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { TextField } from "@/ui/controls/Field";
import { PasswordField } from "@/ui/controls/PasswordField";
import { Notice } from "@/ui/layout/States";
import { Entry } from "./Entry";
import { Forgot } from "./Forgot";
import { t } from "./text";

export function SignIn() {
  const { data: session } = useSession();
  const [signIn, begin] = [useSignIn(), useBeginOidc()];
  const [details, setDetails] = useState({ username: "", password: "" });
  const [forgot, setForgot] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    signIn.mutate({ ...details, username: details.username.trim() });
  };
  const { providers, passwords } = session ?? { providers: [], passwords: true };
  const hasPasskeys = session?.passkeys === true && knowsPasskeys();
  const passkey = usePasskeySignIn({ offer: hasPasskeys });
  const proxyUser = session?.proxy_user ?? null;
  const others = providers.length > 0 || hasPasskeys || proxyUser !== null;
  const error = signIn.error ?? begin.error ?? passkey.error;
  const problem = error ? refusal(error) : begin.isIdle && signIn.isIdle ? signInProblem : "";
  if (forgot)
    return (
      <Forgot
        name={details.username}
        onBack={() => {
          setForgot(false);
        }}
      />
    );
  return (
    <Entry title={t("signin.title")} lead={t("signin.lead")}>
      <div className="flex flex-col gap-4 empty:hidden">
        {window.location.pathname === routes.callback && <Notice>{t("signin.callback")}</Notice>}
        {problem !== "" && (
          <div role="alert">
            <Notice tone="bad">{problem}</Notice>
          </div>
        )}
        {proxyUser !== null && <AsProxySays name={proxyUser} />}
        {providers.map(({ key, name }) => (
          <Button
            key={key}
            className="py-2.5"
            busy={begin.isPending && begin.variables.provider === key}
            onClick={() => {
              const { pathname, search, hash } = window.location;
              begin.mutate({ provider: key, purpose: "sign_in", back: pathname + search + hash });
            }}
          >
            {t("signin.with", { name })}
          </Button>
        ))}
        {hasPasskeys && (
          <Button
            icon="key"
            className="py-2.5"
            busy={passkey.press.isPending}
            onClick={() => {
              passkey.press.mutate();
            }}
          >
            {t("signin.passkey")}
          </Button>
        )}
        {others && passwords && <p className="text-center text-sm text-ink-3">{t("signin.or")}</p>}
      </div>
      {passwords && (
        <form onSubmit={submit} className={`flex flex-col gap-4 ${others ? "mt-4" : ""}`}>
          <TextField
            label={t("field.username")}
            value={details.username}
            required
            autoFocus={providers.length === 0 && proxyUser === null}
            autoComplete={hasPasskeys ? "username webauthn" : "username"}
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => {
              setDetails({ ...details, username: event.target.value });
            }}
          />
          <PasswordField
            label={t("field.password")}
            value={details.password}
            autoComplete="current-password"
            onChange={(event) => {
              setDetails({ ...details, password: event.target.value });
            }}
          />
          <Button type="submit" kind="primary" busy={signIn.isPending} className="mt-1 py-2.5">
            {t("signin.go")}
          </Button>
          {session?.mails_links === true && (
            <Button
              kind="quiet"
              onClick={() => {
                setForgot(true);
              }}
            >
              {t("forgot.ask")}
            </Button>
          )}
        </form>
      )}
    </Entry>
  );
}

function refusal(error: Error): string {
  if (!(error instanceof Problem)) return passkeyReason(error);
  if (error.status === 401) return t("signin.wrong");
  const wait = Number(error.details.retry_after_s);
  return error.status === 429 && Number.isFinite(wait)
    ? t("signin.throttled", { wait: duration(wait) })
    : reason(error);
}

/** The account that a proxy has asked for already; who it is can be changed there only. */
function AsProxySays({ name }: { name: string }) {
  const go = useProxySignIn();
  return (
    <>
      {go.error && (
        <div role="alert">
          <Notice tone="bad">{reason(go.error)}</Notice>
        </div>
      )}
      <Button
        kind="primary"
        className="py-2.5"
        busy={go.isPending}
        onClick={() => {
          go.mutate();
        }}
      >
        {t("signin.as", { name })}
      </Button>
      <p className="text-sm text-ink-3">{t("signin.as_hint", { name })}</p>
    </>
  );
}
