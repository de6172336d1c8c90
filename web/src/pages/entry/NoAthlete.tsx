import { useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { useAddAthlete } from "@/api/people/people";
import { useSession, useSignOut } from "@/api/session";
import { Button } from "@/ui/controls/Button";
import { TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { Entry } from "./Entry";
import { t } from "./text";

/** What somebody sees who is signed in and may see no athlete: how to begin with their own. */
export function NoAthlete() {
  const { data: session } = useSession();
  const add = useAddAthlete();
  const signOut = useSignOut();
  const [name, setName] = useState(session?.account?.username ?? "");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate(name.trim());
  };
  return (
    <Entry title={t("alone.title")} lead={t("alone.lead")}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {add.isError && (
          <div role="alert">
            <Notice tone="bad">{reason(add.error)}</Notice>
          </div>
        )}
        <TextField
          label={t("alone.name")}
          required
          maxLength={200}
          value={name}
          onChange={({ target }) => {
            setName(target.value);
          }}
        />
        <Button type="submit" kind="primary" className="py-2.5" busy={add.isPending}>
          {t("alone.start")}
        </Button>
        <Button
          kind="quiet"
          onClick={() => {
            signOut.mutate();
          }}
        >
          {t("app.sign_out")}
        </Button>
      </form>
    </Entry>
  );
}
