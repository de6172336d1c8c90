import { useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import type { FactorOffer } from "@/api/signIn";
import { t } from "@/lib/text";
import { Button } from "@/ui/controls/Button";
import { TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { QrCode } from "./QrCode";

/** The secret as a picture, a link and a text, and the field for a first code. */
export function SetUpFactor({
  offer,
  error,
  busy,
  onCode,
}: {
  offer: FactorOffer;
  error: Error | null;
  busy: boolean;
  onCode: (code: string) => void;
}) {
  const [code, setCode] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onCode(code);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <p className="text-sm text-ink-2">{t("factor.scan")}</p>
      <div className="flex flex-col items-center gap-3">
        <QrCode text={offer.address} name={t("factor.picture")} />
        <a className="touch inline-flex items-center text-sm text-accent underline" href={offer.address}>
          {t("factor.open")}
        </a>
      </div>
      <div>
        <p className="text-sm font-medium text-ink-2">{t("factor.secret")}</p>
        <code
          data-testid="secret"
          className="mt-1 block rounded-md bg-sunken px-3 py-2 font-mono text-sm wrap-break-word select-all"
        >
          {offer.secret.match(/.{1,4}/g)?.join(" ")}
        </code>
      </div>
      <TextField
        label={t("factor.first")}
        hint={t("factor.first_hint")}
        error={error ? reason(error) : undefined}
        required
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        onChange={({ target }) => {
          setCode(target.value);
        }}
      />
      <Button type="submit" kind="primary" className="py-2.5" busy={busy}>
        {t("factor.switch_on")}
      </Button>
    </form>
  );
}

/** A code of the app, or a recovery code. */
export function CodeField({
  value,
  error,
  autoFocus = false,
  onChange,
}: {
  value: string;
  error?: string | undefined;
  autoFocus?: boolean;
  onChange: (code: string) => void;
}) {
  return (
    <TextField
      label={t("factor.code")}
      hint={t("factor.code_hint")}
      error={error}
      required
      autoFocus={autoFocus}
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      value={value}
      onChange={({ target }) => {
        onChange(target.value);
      }}
    />
  );
}

/** Recovery codes, shown this once. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`Homestretch\n\n${codes.join("\n")}\n`)}`;
  return (
    <div className="flex flex-col gap-4">
      <Notice tone="warn">
        <span className="flex-1">{t("factor.codes_lead")}</span>
      </Notice>
      <ul
        aria-label={t("factor.codes_title")}
        className="rounded-lg bg-sunken px-3 py-2 text-center font-mono text-[13px] leading-7 break-all select-all"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <a
          className="touch inline-flex items-center text-sm text-accent underline"
          href={file}
          download="homestretch-recovery-codes.txt"
        >
          {t("factor.save")}
        </a>
        <Button kind="primary" onClick={onDone}>
          {t("factor.kept")}
        </Button>
      </div>
    </div>
  );
}
