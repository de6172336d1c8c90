import { useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { useRevokeServerInvitation, useServerInvitations } from "@/api/people/people";
import { useSession } from "@/api/session";
import { useAccounts, useAddAccount, useDeleteAccount } from "@/api/settings";
import { useEndAccountSessions } from "@/api/signIn";
import type { Account } from "@/api/types";
import { Invitations } from "@/features/people/Invitations";
import { InviteDialog } from "@/features/people/InviteDialog";
import { t as inviteText } from "@/features/people/text";
import { classes } from "@/lib/classes";
import { Part } from "@/pages/settings/Part";
import { t } from "@/pages/settings/text";
import { ResetLink } from "./ResetLink";
import { t as accountText } from "./text";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Check, TextField } from "@/ui/controls/Field";
import { PasswordField, SHORTEST_PASSWORD } from "@/ui/controls/PasswordField";
import { Failure, Notice, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";

/** Who may sign in here. */
export function Accounts() {
  const { data: session } = useSession();
  const accounts = useAccounts(true);
  const signOut = useEndAccountSessions();
  const [invited, revoke] = [useServerInvitations(), useRevokeServerInvitation()];
  const [adding, setAdding] = useState(false);
  const [inviting, setInviting] = useState(false);
  const [leaving, setLeaving] = useState<Account | null>(null);
  const [resetting, setResetting] = useState<Account | null>(null);
  const me = session?.account?.id;
  return (
    <Part title={t("settings.accounts")} lead={t("settings.accounts_lead")}>
      {accounts.isPending && (
        <Waiting>
          <div className="skeleton h-24" />
        </Waiting>
      )}
      {accounts.isError && <Failure error={accounts.error} retry={() => void accounts.refetch()} />}
      <ul className="divide-y divide-line border-y border-line empty:hidden">
        {accounts.data?.items.map((account) => (
          <li key={account.id} className="flex min-h-14 flex-wrap items-center gap-3 py-2">
            <span
              className={classes(
                "grid size-8 place-items-center rounded-full bg-accent-soft text-sm font-semibold",
                "text-accent uppercase",
              )}
              aria-hidden="true"
            >
              {account.username.slice(0, 1)}
            </span>
            <span className="min-w-0 flex-1 truncate font-medium">
              {account.username}
              <span className="label ml-2 font-normal">
                {[
                  account.is_admin ? t("settings.account_admin") : null,
                  account.second_factor ? t("factor.has") : null,
                  account.id === me ? t("settings.account_you") : null,
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </span>
            {account.id !== me && (
              <Button
                onClick={() => {
                  setResetting(account);
                }}
              >
                {accountText("resets.make")}
              </Button>
            )}
            {account.id !== me && (
              <Button
                busy={signOut.isPending && signOut.variables === account.id}
                onClick={() => {
                  signOut.mutate(account.id, {
                    onSuccess: () => {
                      say(t("sessions.account_ended", { name: account.username }));
                    },
                    onError: (error) => {
                      sayError(reason(error));
                    },
                  });
                }}
              >
                {t("sessions.account_end")}
              </Button>
            )}
            {account.id !== me && (
              <Button
                kind="danger"
                onClick={() => {
                  setLeaving(account);
                }}
              >
                {t("settings.account_delete")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div className="mt-5 flex flex-wrap gap-2">
        <Button
          icon="plus"
          kind="primary"
          onClick={() => {
            setAdding(true);
          }}
        >
          {t("settings.account_add")}
        </Button>
        <Button
          onClick={() => {
            setInviting(true);
          }}
        >
          {inviteText("invite.title")}
        </Button>
      </div>
      {invited.data && <Invitations items={invited.data.items} revoke={revoke} />}
      {inviting && (
        <InviteDialog
          server
          onClose={() => {
            setInviting(false);
          }}
        />
      )}
      {adding && (
        <AddAccount
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
      {resetting && (
        <ResetLink
          account={resetting}
          onClose={() => {
            setResetting(null);
          }}
        />
      )}
      {leaving && (
        <Leave
          account={leaving}
          onClose={() => {
            setLeaving(null);
          }}
        />
      )}
    </Part>
  );
}

function AddAccount({ onClose }: { onClose: () => void }) {
  const add = useAddAccount();
  const [form, setForm] = useState({ username: "", password: "", is_admin: false, athlete_name: "" });
  const [short, setShort] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const tooShort = form.password.length < SHORTEST_PASSWORD;
    setShort(tooShort);
    if (tooShort) return;
    const username = form.username.trim();
    add.mutate(
      { ...form, username, athlete_name: form.athlete_name.trim() || username },
      {
        onSuccess: () => {
          say(t("settings.account_added", { name: username }));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog title={t("settings.account_add")} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {add.isError && (
          <div role="alert">
            <Notice tone="bad">{reason(add.error)}</Notice>
          </div>
        )}
        <TextField
          label={t("field.username")}
          required
          autoComplete="off"
          autoCapitalize="none"
          value={form.username}
          onChange={(event) => {
            setForm({ ...form, username: event.target.value });
          }}
        />
        <TextField
          label={t("settings.athlete_name")}
          optional
          value={form.athlete_name}
          onChange={(event) => {
            setForm({ ...form, athlete_name: event.target.value });
          }}
        />
        <PasswordField
          label={t("field.password")}
          hint={t("field.password_hint")}
          autoComplete="new-password"
          value={form.password}
          error={short ? t("field.too_short", { count: SHORTEST_PASSWORD }) : undefined}
          onChange={(event) => {
            setForm({ ...form, password: event.target.value });
          }}
        />
        <Check
          label={t("settings.account_admin")}
          checked={form.is_admin}
          onChange={(event) => {
            setForm({ ...form, is_admin: event.target.checked });
          }}
        />
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" kind="primary" busy={add.isPending}>
            {t("settings.account_add")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Leave({ account, onClose }: { account: Account; onClose: () => void }) {
  const remove = useDeleteAccount();
  const name = account.username;
  const go = (): void => {
    remove.mutate(account.id, {
      onSuccess: () => {
        say(t("settings.account_deleted", { name }));
        onClose();
      },
      onError: (error) => {
        sayError(reason(error));
      },
    });
  };
  return (
    <Dialog title={t("settings.account_delete_title", { name })} onClose={onClose}>
      <p className="mb-5">{t("settings.account_delete_hint")}</p>
      <div className="flex justify-end gap-2">
        <Button kind="quiet" onClick={onClose}>
          {t("app.cancel")}
        </Button>
        <Button kind="danger" icon="trash" busy={remove.isPending} onClick={go}>
          {t("settings.account_delete")}
        </Button>
      </div>
    </Dialog>
  );
}
