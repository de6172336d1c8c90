import { useState, type FormEvent } from "react";

import { Problem, reason } from "@/api/client";
import { useAskForResetLink } from "@/api/people/resets";
import { duration } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { Entry } from "./Entry";
import { t } from "./text";

/** What whoever has forgotten the password sees: where to ask for a link by e-mail. */
export function Forgot({ name: typed, onBack }: { name: string; onBack: () => void }) {
  const ask = useAskForResetLink();
  const [name, setName] = useState(typed);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    ask.mutate(name.trim());
  };
  if (ask.isSuccess)
    return (
      <Entry title={t("forgot.sent")} lead={t("forgot.sent_lead")}>
        <Button onClick={onBack}>{t("forgot.back")}</Button>
      </Entry>
    );
  return (
    <Entry title={t("forgot.title")} lead={t("forgot.lead")}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {ask.isError && (
          <div role="alert">
            <Notice tone="bad">{refusal(ask.error)}</Notice>
          </div>
        )}
        <TextField
          label={t("forgot.name")}
          value={name}
          required
          autoFocus
          maxLength={320}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          onChange={({ target }) => {
            setName(target.value);
          }}
        />
        <Button type="submit" kind="primary" className="py-2.5" busy={ask.isPending}>
          {t("forgot.send")}
        </Button>
        <Button kind="quiet" onClick={onBack}>
          {t("forgot.back")}
        </Button>
      </form>
    </Entry>
  );
}

function refusal(error: Error): string {
  const wait = error instanceof Problem && error.status === 429 ? Number(error.details.retry_after_s) : NaN;
  return Number.isFinite(wait) ? t("forgot.throttled", { wait: duration(wait) }) : reason(error);
}
