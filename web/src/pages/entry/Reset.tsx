import { useState, type FormEvent } from "react";

import { Problem, reason } from "@/api/client";
import { useResetLink, useResetPassword } from "@/api/people/resets";
import { routes } from "@/lib/routes";
import { Button } from "@/ui/controls/Button";
import { Check } from "@/ui/controls/Field";
import { PasswordField, SHORTEST_PASSWORD } from "@/ui/controls/PasswordField";
import { Failure, Notice } from "@/ui/layout/States";
import { Entry } from "./Entry";
import { t } from "./text";

const leave = (): void => {
  location.assign(routes.today);
};

/** What whoever has a link for a new password sees. */
export function Reset({ token }: { token: string }) {
  const link = useResetLink(token);
  const reset = useResetPassword();
  if (reset.isSuccess)
    return (
      <Entry title={t("reset.done")} lead={t("reset.done_lead")}>
        <Button kind="primary" onClick={leave}>
          {t("reset.sign_in")}
        </Button>
      </Entry>
    );
  if (link.isPending) return null;
  if (link.isError) {
    if (link.error instanceof Problem && link.error.status === 404)
      return (
        <Entry title={t("reset.over")} lead={t("reset.over_lead")}>
          <Button onClick={leave}>{t("join.leave")}</Button>
        </Entry>
      );
    return <Failure error={link.error} retry={() => void link.refetch()} />;
  }
  const name = link.data.username;
  return (
    <Entry title={t("reset.title")} lead={t("reset.lead", { name })}>
      <SetPassword
        name={name}
        error={reset.error}
        busy={reset.isPending}
        onSet={(password, keep_tokens) => {
          reset.mutate({ token, password, keep_tokens });
        }}
      />
    </Entry>
  );
}

interface Setting {
  name: string;
  error: Error | null;
  busy: boolean;
  onSet: (password: string, keepTokens: boolean) => void;
}

function SetPassword({ name, error, busy, onSet }: Setting) {
  const [password, setPassword] = useState("");
  const [keeps, setKeeps] = useState(false);
  const [short, setShort] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const tooShort = password.length < SHORTEST_PASSWORD;
    setShort(tooShort);
    if (!tooShort) onSet(password, keeps);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {error && (
        <div role="alert">
          <Notice tone="bad">{reason(error)}</Notice>
        </div>
      )}
      {/* Password managers keep the pair. */}
      <input className="sr-only" tabIndex={-1} aria-hidden readOnly autoComplete="username" value={name} />
      <PasswordField
        label={t("reset.new")}
        hint={t("field.password_hint")}
        value={password}
        autoFocus
        autoComplete="new-password"
        error={short ? t("field.too_short", { count: SHORTEST_PASSWORD }) : undefined}
        onChange={({ target }) => {
          setPassword(target.value);
        }}
      />
      <Check
        label={t("field.keep_tokens")}
        checked={keeps}
        onChange={({ target }) => {
          setKeeps(target.checked);
        }}
      />
      <Button type="submit" kind="primary" className="py-2.5" busy={busy}>
        {t("reset.go")}
      </Button>
    </form>
  );
}
