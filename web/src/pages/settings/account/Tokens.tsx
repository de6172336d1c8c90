import { useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { usePreferences } from "@/api/session";
import { useCreateToken, useRevokeToken, useTokens } from "@/api/settings";
import type { Token } from "@/api/types";
import { instant } from "@/lib/dates";
import { Part } from "@/pages/settings/Part";
import { t, type Plain } from "@/pages/settings/text";
import { Button } from "@/ui/controls/Button";
import { Segmented, TextField } from "@/ui/controls/Field";
import { Failure, Notice, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";

/** Tokens for other programs: made, shown once, revoked. */
export function Tokens() {
  const wish = usePreferences();
  const tokens = useTokens();
  const revoke = useRevokeToken();
  return (
    <Part title={t("settings.tokens")} lead={t("settings.tokens_lead")}>
      <NewToken />
      {tokens.isPending && (
        <Waiting>
          <div className="skeleton mt-5 h-14" />
        </Waiting>
      )}
      {tokens.isError && <Failure error={tokens.error} retry={() => void tokens.refetch()} />}
      {tokens.data?.items.length === 0 && <p className="mt-5 text-sm text-ink-2">{t("settings.tokens_none")}</p>}
      <ul className="mt-5 divide-y divide-line border-t border-line empty:hidden">
        {tokens.data?.items.map((token) => (
          <li key={token.id} className="flex items-center gap-4 py-2.5">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{token.name}</span>
              <span className="label">
                {[scopeName(token.scope), t("settings.token_created", { when: instant(token.created_at, wish) })].join(
                  " · ",
                )}
              </span>
            </span>
            <Button
              kind="danger"
              busy={revoke.isPending && revoke.variables === token.id}
              onClick={() => {
                revoke.mutate(token.id, {
                  onSuccess: () => {
                    say(t("settings.revoked", { name: token.name }));
                  },
                  onError: (error) => {
                    sayError(reason(error));
                  },
                });
              }}
            >
              {t("settings.revoke")}
            </Button>
          </li>
        ))}
      </ul>
    </Part>
  );
}

const SCOPES: Record<Token["scope"], Plain> = {
  read: "settings.scope_read",
  write: "settings.scope_write",
  health: "settings.scope_health",
  mcp: "settings.scope_mcp",
};

const scopeName = (scope: Token["scope"]): string => t(SCOPES[scope]);

function NewToken() {
  const create = useCreateToken();
  const [name, setName] = useState("");
  const [scope, setScope] = useState<Token["scope"]>("read");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate(
      { name: name.trim(), scope },
      {
        onSuccess: () => {
          setName("");
        },
      },
    );
  };
  const secret = create.data?.token;
  return (
    <>
      <form onSubmit={submit} className="flex flex-wrap items-end gap-4">
        <div className="min-w-48 flex-1">
          <TextField
            label={t("settings.token_name")}
            required
            value={name}
            onChange={(event) => {
              setName(event.target.value);
            }}
          />
        </div>
        <Segmented
          name={t("settings.token_scope")}
          value={scope}
          onChange={setScope}
          options={[
            { value: "read", label: scopeName("read") },
            { value: "write", label: scopeName("write") },
            { value: "health", label: scopeName("health") },
          ]}
        />
        <Button type="submit" kind="primary" className="py-2" busy={create.isPending}>
          {t("settings.token_create")}
        </Button>
      </form>
      {create.isError && (
        <div role="alert" className="mt-3">
          <Notice tone="bad">{reason(create.error)}</Notice>
        </div>
      )}
      {secret && (
        <div role="status" className="mt-4">
          <Notice>
            <span className="flex-1">{t("settings.token_new")}</span>
            <code data-testid="token" className="w-full rounded-md bg-surface px-3 py-2 font-mono break-all select-all">
              {secret}
            </code>
            <Button
              onClick={() =>
                void navigator.clipboard.writeText(secret).then(() => {
                  say(t("app.copied"));
                })
              }
            >
              {t("app.copy")}
            </Button>
          </Notice>
        </div>
      )}
    </>
  );
}
