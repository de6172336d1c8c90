import { useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { useCreateToken } from "@/api/settings";
import { t } from "@/pages/settings/text";
import { Button } from "@/ui/controls/Button";
import { Check, TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { Copied } from "./Copied";

const address = (): string => `${location.origin}/mcp`;

/** What an app is told that speaks MCP over HTTP. */
const configured = (token: string): string =>
  JSON.stringify(
    { mcpServers: { homestretch: { type: "http", url: address(), headers: { Authorization: `Bearer ${token}` } } } },
    null,
    2,
  );

/** The address for apps elsewhere, and a token for one of them. */
export function Connect() {
  const create = useCreateToken();
  const [name, setName] = useState("");
  const [may, setMay] = useState({ health: false, propose: false });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const rights = (["health", "propose"] as const).filter((right) => may[right]);
    create.mutate(
      { name: name.trim(), scope: "mcp", may: rights },
      {
        onSuccess: () => {
          setName("");
        },
      },
    );
  };
  const right = (key: "health" | "propose", label: string) => (
    <Check
      label={label}
      checked={may[key]}
      onChange={({ target }) => {
        setMay({ ...may, [key]: target.checked });
      }}
    />
  );
  const secret = create.data?.token;
  return (
    <>
      <h3 className="mt-7 font-medium">{t("settings.models_elsewhere")}</h3>
      <p className="mt-1 max-w-prose text-sm text-ink-2">{t("settings.models_elsewhere_note")}</p>
      <Copied text={address()} id="mcp-address" />
      <form onSubmit={submit} className="mt-5 space-y-3">
        <TextField
          label={t("settings.token_name")}
          hint={t("settings.models_token_hint")}
          required
          value={name}
          onChange={({ target }) => {
            setName(target.value);
          }}
        />
        {right("health", t("settings.models_health"))}
        {right("propose", t("settings.models_propose"))}
        <Button type="submit" kind="primary" busy={create.isPending}>
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
          <p className="text-sm">{t("settings.models_token_new")}</p>
          <Copied text={configured(secret)} id="mcp-config" />
        </div>
      )}
    </>
  );
}
