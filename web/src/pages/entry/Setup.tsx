import { useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { useSetup } from "@/api/session";
import { Button } from "@/ui/controls/Button";
import { TextField } from "@/ui/controls/Field";
import { PasswordField, SHORTEST_PASSWORD } from "@/ui/controls/PasswordField";
import { Notice } from "@/ui/layout/States";
import { Entry } from "./Entry";
import { t } from "./text";

/** The first visit: whoever comes first creates the administrator. */
export function Setup({ codeRequired }: { codeRequired: boolean }) {
  const setup = useSetup();
  const [details, setDetails] = useState({ username: "", password: "", code: "" });
  const [short, setShort] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const tooShort = details.password.length < SHORTEST_PASSWORD;
    setShort(tooShort);
    if (tooShort) return;
    const { code, ...rest } = details;
    setup.mutate({ ...rest, username: rest.username.trim(), ...(codeRequired && { code: code.trim() }) });
  };
  return (
    <Entry title={t("setup.title")} lead={t("setup.lead")}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {setup.isError && (
          <div role="alert">
            <Notice tone="bad">{reason(setup.error)}</Notice>
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
          hint={t("field.password_hint")}
          value={details.password}
          autoComplete="new-password"
          error={short ? t("field.too_short", { count: SHORTEST_PASSWORD }) : undefined}
          onChange={(event) => {
            setDetails({ ...details, password: event.target.value });
          }}
        />
        {codeRequired && (
          <TextField
            label={t("setup.code")}
            hint={t("setup.code_hint")}
            value={details.code}
            required
            autoComplete="one-time-code"
            onChange={(event) => {
              setDetails({ ...details, code: event.target.value });
            }}
          />
        )}
        <Button type="submit" kind="primary" busy={setup.isPending} className="mt-1 py-2.5">
          {t("setup.create")}
        </Button>
      </form>
    </Entry>
  );
}
