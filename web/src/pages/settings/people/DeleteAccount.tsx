import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { forgetOffline } from "@/api/offline";
import { useDeleteAccount } from "@/api/people/people";
import { SESSION } from "@/api/session";
import { routes } from "@/lib/routes";
import { Part } from "@/pages/settings/Part";
import { Button, ButtonLink } from "@/ui/controls/Button";
import { TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { t } from "./text";

/** Deletes one's own account, for whoever types its name. */
export function DeleteAccount({ name }: { name: string }) {
  const client = useQueryClient();
  const remove = useDeleteAccount();
  const [typed, setTyped] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    remove.mutate(typed.trim(), {
      onSuccess: () => {
        void forgetOffline();
        void client.resetQueries({ queryKey: SESSION });
      },
    });
  };
  return (
    <Part title={t("me.delete")} lead={t("me.delete_lead")}>
      <p className="mb-4 flex flex-wrap items-center gap-3">
        {t("me.export")}
        <ButtonLink to={routes.settings("people")}>{t("me.export_go")}</ButtonLink>
      </p>
      <form onSubmit={submit} className="flex max-w-sm flex-col gap-4">
        {remove.isError && (
          <div role="alert">
            <Notice tone="bad">{reason(remove.error)}</Notice>
          </div>
        )}
        <TextField
          label={t("me.delete_type", { name })}
          autoComplete="off"
          autoCapitalize="none"
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
          }}
        />
        <div>
          <Button type="submit" kind="danger" icon="trash" busy={remove.isPending} disabled={typed.trim() !== name}>
            {t("me.delete")}
          </Button>
        </div>
      </form>
    </Part>
  );
}
