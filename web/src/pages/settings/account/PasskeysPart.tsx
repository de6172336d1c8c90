import { useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import {
  passkeyReason,
  useAddPasskey,
  useBeginPasskey,
  usePasskeys,
  useRemovePasskey,
  useRenamePasskey,
  type PasskeyCreation,
  type PasskeyEntry,
} from "@/api/people/passkeys";
import { usePreferences } from "@/api/session";
import { instant } from "@/lib/dates";
import { knowsPasskeys } from "@/lib/signIn/passkeys";
import type { Preferences } from "@/lib/preferences";
import { Part } from "@/pages/settings/Part";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { TextField } from "@/ui/controls/Field";
import { Failure, Notice, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { t } from "./text";

const MOST_NAME = 100;

/** One's passkeys; nothing where one signs in with a provider alone. */
export function PasskeysPart() {
  const wish = usePreferences();
  const passkeys = usePasskeys();
  const begin = useBeginPasskey();
  const [shown, setShown] = useState<{ do: "add" } | { do: "rename" | "remove"; which: PasskeyEntry } | null>(null);
  const items = passkeys.data?.items ?? [];
  if (passkeys.data && !passkeys.data.offered && items.length === 0) return null;
  const close = (): void => {
    setShown(null);
  };
  const problem = passkeys.data?.problem ?? (knowsPasskeys() ? null : t("passkeys.no_browser"));
  return (
    <Part title={t("passkeys.part")} lead={t("passkeys.lead")}>
      {passkeys.isPending && (
        <Waiting>
          <div className="skeleton h-14" />
        </Waiting>
      )}
      {passkeys.isError && <Failure error={passkeys.error} retry={() => void passkeys.refetch()} />}
      {passkeys.isSuccess && items.length === 0 && <p className="text-sm text-ink-2">{t("passkeys.none")}</p>}
      <ul className="divide-y divide-line border-y border-line empty:hidden">
        {items.map((one) => (
          <li key={one.id} className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 py-2">
            <span className="min-w-0 flex-1 basis-48">
              <span className="block font-medium break-words">{one.name}</span>
              <span className="label block">{about(one, wish)}</span>
            </span>
            <span className="flex gap-2">
              <Button
                aria-label={t("passkeys.rename_of", { name: one.name })}
                onClick={() => {
                  setShown({ do: "rename", which: one });
                }}
              >
                {t("passkeys.rename")}
              </Button>
              <Button
                kind="danger"
                aria-label={t("passkeys.remove_of", { name: one.name })}
                onClick={() => {
                  setShown({ do: "remove", which: one });
                }}
              >
                {t("passkeys.remove")}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {passkeys.data && problem !== null && (
        <div className="mt-4">
          <Notice>{problem}</Notice>
        </div>
      )}
      {passkeys.data?.offered && problem === null && (
        <Button
          icon="key"
          className="mt-4"
          busy={begin.isPending}
          onClick={() => {
            begin.mutate(undefined, {
              onSuccess: () => {
                setShown({ do: "add" });
              },
              onError: (error) => {
                sayError(reason(error));
              },
            });
          }}
        >
          {t("passkeys.add")}
        </Button>
      )}
      {shown?.do === "add" && begin.data && <Add creation={begin.data} onClose={close} />}
      {shown?.do === "rename" && <Rename passkey={shown.which} onClose={close} />}
      {shown?.do === "remove" && <Remove passkey={shown.which} onClose={close} />}
    </Part>
  );
}

function about(one: PasskeyEntry, wish: Preferences): string {
  const made = t("passkeys.made", { when: instant(one.created_at, wish) });
  const used = one.used_at === null ? t("passkeys.unused") : t("passkeys.used", { when: instant(one.used_at, wish) });
  return [made, used, one.synced ? t("passkeys.synced") : ""].filter((part) => part !== "").join(" · ");
}

/** Names the passkey; the device asks for a finger, a face or a PIN right after the press. */
function Add({ creation, onClose }: { creation: PasskeyCreation; onClose: () => void }) {
  const add = useAddPasskey();
  const go = (name: string): void => {
    add.mutate(
      { creation, name },
      {
        onSuccess: () => {
          say(t("passkeys.added", { name }));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog title={t("passkeys.add")} onClose={onClose}>
      <NameForm
        name={creation.name}
        lead={t("passkeys.next")}
        error={add.error ? passkeyReason(add.error) : null}
        button={t("passkeys.add")}
        busy={add.isPending}
        onName={go}
        onClose={onClose}
      />
    </Dialog>
  );
}

function Rename({ passkey, onClose }: { passkey: PasskeyEntry; onClose: () => void }) {
  const rename = useRenamePasskey();
  return (
    <Dialog title={t("passkeys.rename_of", { name: passkey.name })} onClose={onClose}>
      <NameForm
        name={passkey.name}
        error={rename.error ? reason(rename.error) : null}
        button={t("app.save")}
        busy={rename.isPending}
        onName={(name) => {
          rename.mutate({ id: passkey.id, name }, { onSuccess: onClose });
        }}
        onClose={onClose}
      />
    </Dialog>
  );
}

interface Naming {
  name: string;
  lead?: string;
  error: string | null;
  button: string;
  busy: boolean;
  onName: (name: string) => void;
  onClose: () => void;
}

function NameForm({ name: before, lead, error, button, busy, onName, onClose }: Naming) {
  const [name, setName] = useState(before);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onName(name.trim());
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {error !== null && (
        <div role="alert">
          <Notice tone="bad">{error}</Notice>
        </div>
      )}
      <TextField
        label={t("passkeys.name")}
        hint={t("passkeys.name_hint")}
        required
        pattern=".*\S.*"
        maxLength={MOST_NAME}
        autoComplete="off"
        value={name}
        onChange={({ target }) => {
          setName(target.value);
        }}
      />
      {lead !== undefined && <p className="text-sm text-ink-2">{lead}</p>}
      <div className="flex justify-end gap-2">
        <Button kind="quiet" onClick={onClose}>
          {t("app.cancel")}
        </Button>
        <Button type="submit" kind="primary" busy={busy}>
          {button}
        </Button>
      </div>
    </form>
  );
}

function Remove({ passkey, onClose }: { passkey: PasskeyEntry; onClose: () => void }) {
  const remove = useRemovePasskey();
  const { id, name } = passkey;
  return (
    <Dialog title={t("passkeys.remove_title", { name })} onClose={onClose}>
      <p className="mb-5">{t("passkeys.remove_hint")}</p>
      <div className="flex justify-end gap-2">
        <Button kind="quiet" onClick={onClose}>
          {t("app.cancel")}
        </Button>
        <Button
          kind="danger"
          icon="trash"
          busy={remove.isPending}
          onClick={() => {
            remove.mutate(id, {
              onSuccess: () => {
                say(t("passkeys.removed", { name }));
                onClose();
              },
              onError: (error) => {
                sayError(reason(error));
              },
            });
          }}
        >
          {t("passkeys.remove")}
        </Button>
      </div>
    </Dialog>
  );
}
