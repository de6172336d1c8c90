import { useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { useCheckProvider, useSetProvider, type OidcProvider } from "@/api/signIn";
import { t } from "@/pages/settings/text";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Disclosure } from "@/ui/controls/Disclosure";
import { Check, SelectField, TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { say } from "@/ui/layout/Toasts";
import { answersOf, bodyOf, keyOf, type Answers } from "./form";

/** Set up a provider, or change one; its address is tested with a press. */
export function ProviderForm({
  provider,
  taken,
  base,
  onClose,
}: {
  provider: OidcProvider | null;
  taken: readonly string[];
  base: string;
  onClose: () => void;
}) {
  const [answers, setAnswers] = useState<Answers>(() => answersOf(provider));
  const [save, check] = [useSetProvider(), useCheckProvider()];
  const set = (changed: Partial<Answers>): void => {
    setAnswers((before) => ({ ...before, ...changed }));
  };
  const key = provider?.key ?? keyOf(answers.name, taken);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(
      { body: bodyOf(key, answers), isNew: provider === null },
      {
        onSuccess: () => {
          say(t("signin.provider_saved", { name: answers.name }));
          onClose();
        },
      },
    );
  };
  const test = (): void => {
    check.mutate(answers.issuer, {
      onSuccess: ({ issuer }) => {
        set({ issuer });
      },
    });
  };
  const problem = save.error ?? check.error;
  return (
    <Dialog title={provider?.name ?? t("signin.provider_add")} onClose={onClose} wide>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label={t("signin.provider_name")}
          hint={t("signin.provider_name_hint")}
          value={answers.name}
          onChange={({ target }) => {
            set({ name: target.value });
          }}
        />
        <TextField
          label={t("signin.issuer")}
          hint={t("signin.issuer_hint")}
          inputMode="url"
          autoCapitalize="none"
          value={answers.issuer}
          onChange={({ target }) => {
            set({ issuer: target.value });
          }}
        />
        <div className="flex flex-wrap items-center gap-3">
          <Button disabled={answers.issuer.trim() === ""} busy={check.isPending} onClick={test}>
            {t("signin.test")}
          </Button>
          {check.data && (
            <p role="status" className="text-sm">
              {[t("signin.tested", { issuer: check.data.issuer }), ...check.data.warnings].join(" ")}
            </p>
          )}
        </div>
        <TextField
          label={t("signin.redirect")}
          hint={t("signin.redirect_hint")}
          readOnly
          value={`${base}/api/session/oidc/${key}/callback`}
          onFocus={({ target }) => {
            target.select();
          }}
        />
        <div className="grid gap-4 md:grid-cols-2">
          <TextField
            label={t("signin.client_id")}
            autoComplete="off"
            value={answers.client_id}
            onChange={({ target }) => {
              set({ client_id: target.value });
            }}
          />
          <TextField
            label={t("signin.client_secret")}
            hint={provider?.has_secret ? t("signin.secret_kept") : undefined}
            optional
            type="password"
            autoComplete="off"
            value={answers.client_secret ?? ""}
            onChange={({ target }) => {
              set({ client_secret: target.value });
            }}
          />
        </div>
        <Strangers answers={answers} set={set} />
        <Disclosure title={t("signin.more")}>
          <More answers={answers} set={set} backchannel={`${base}/api/session/oidc/${key}/backchannel`} />
        </Disclosure>
        {problem && (
          <div role="alert">
            <Notice tone="bad">{reason(problem)}</Notice>
          </div>
        )}
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" kind="primary" busy={save.isPending}>
            {t("signin.provider_save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface Asked {
  answers: Answers;
  set: (changed: Partial<Answers>) => void;
}

/** What becomes of people without an account. */
function Strangers({ answers, set }: Asked) {
  return (
    <>
      <SelectField
        label={t("signin.policy")}
        hint={t("signin.policy_hint")}
        value={answers.policy}
        onChange={({ target }) => {
          set({ policy: target.value as Answers["policy"] });
        }}
      >
        <option value="refuse">{t("signin.policy_refuse")}</option>
        <option value="invited">{t("signin.policy_invited")}</option>
        <option value="create">{t("signin.policy_create")}</option>
      </SelectField>
      {answers.policy === "invited" && (
        <TextField
          label={t("signin.invited")}
          hint={t("signin.invited_hint")}
          value={answers.invited}
          onChange={({ target }) => {
            set({ invited: target.value });
          }}
        />
      )}
    </>
  );
}

/** Groups, domains and the rest. */
function More({ answers, set, backchannel }: Asked & { backchannel: string }) {
  return (
    <div className="mt-3 flex flex-col gap-4">
      <div className="grid gap-4 md:grid-cols-2">
        <TextField
          label={t("signin.allowed_groups")}
          hint={t("signin.allowed_hint")}
          optional
          value={answers.allowed_groups}
          onChange={({ target }) => {
            set({ allowed_groups: target.value });
          }}
        />
        <TextField
          label={t("signin.allowed_domains")}
          hint={t("signin.allowed_hint")}
          optional
          value={answers.allowed_domains}
          onChange={({ target }) => {
            set({ allowed_domains: target.value });
          }}
        />
        <TextField
          label={t("signin.admin_groups")}
          hint={t("signin.admin_groups_hint")}
          optional
          value={answers.admin_groups}
          onChange={({ target }) => {
            set({ admin_groups: target.value });
          }}
        />
        <TextField
          label={t("signin.groups_claim")}
          hint={t("signin.groups_claim_hint")}
          value={answers.groups_claim}
          onChange={({ target }) => {
            set({ groups_claim: target.value });
          }}
        />
        <TextField
          label={t("signin.scopes")}
          hint={t("signin.scopes_hint")}
          optional
          value={answers.scopes}
          onChange={({ target }) => {
            set({ scopes: target.value });
          }}
        />
      </div>
      <TextField
        label={t("signin.backchannel")}
        hint={t("signin.backchannel_hint")}
        readOnly
        value={backchannel}
        onFocus={({ target }) => {
          target.select();
        }}
      />
      <Check
        label={t("signin.end_session")}
        checked={answers.end_session}
        onChange={({ target }) => {
          set({ end_session: target.checked });
        }}
      />
    </div>
  );
}
