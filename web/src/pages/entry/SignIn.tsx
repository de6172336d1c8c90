import { useState, type FormEvent } from "react";

import { Problem, reason } from "@/api/client";
import { useSignIn } from "@/api/session";
import { routes } from "@/lib/routes";
import { duration } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { TextField } from "@/ui/controls/Field";
import { PasswordField } from "@/ui/controls/PasswordField";
import { Notice } from "@/ui/layout/States";
import { Entry } from "./Entry";
import { t } from "./text";

export function SignIn() {
  const signIn = useSignIn();
  const [details, setDetails] = useState({ username: "", password: "" });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    signIn.mutate({ ...details, username: details.username.trim() });
  };
  return (
    <Entry title={t("signin.title")} lead={t("signin.lead")}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {window.location.pathname === routes.callback && <Notice>{t("signin.callback")}</Notice>}
        {signIn.isError && (
          <div role="alert">
            <Notice tone="bad">{refusal(signIn.error)}</Notice>
          </div>
        )}
        <TextField
          label={t("field.username")}
          value={details.username}
          required
          autoFocus
          autoComplete="username"
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
      </form>
    </Entry>
  );
}

function refusal(error: Error): string {
  if (!(error instanceof Problem)) return reason(error);
  if (error.status === 401) return t("signin.wrong");
  const wait = Number(error.details.retry_after_s);
  return error.status === 429 && Number.isFinite(wait)
    ? t("signin.throttled", { wait: duration(wait) })
    : reason(error);
}
