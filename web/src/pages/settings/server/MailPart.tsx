import { useState, type FormEvent } from "react";

import {
  useMailServer,
  useRemoveMailServer,
  useSetMailServer,
  useTestMail,
  type MailServer,
} from "@/api/notices/notices";
import { reason } from "@/api/client";
import { Part } from "@/pages/settings/Part";
import { Button } from "@/ui/controls/Button";
import { SelectField, TextField } from "@/ui/controls/Field";
import { PasswordField } from "@/ui/controls/PasswordField";
import { Failure, Notice, Waiting } from "@/ui/layout/States";
import { say } from "@/ui/layout/Toasts";
import { t } from "./text";

/** The usual port of each kind of encryption. */
const PORTS = { tls: "465", starttls: "587", none: "25" } as const;
type Security = keyof typeof PORTS;

/** The server that sends e-mail: set, tried, removed. */
export function MailPart() {
  const mail = useMailServer();
  return (
    <Part title={t("mail.title")} lead={t("mail.lead")}>
      {mail.error && mail.data === undefined ? (
        <Failure error={mail.error} retry={() => void mail.refetch()} />
      ) : mail.data === undefined ? (
        <Waiting>
          <div className="skeleton h-40" />
        </Waiting>
      ) : (
        <div className="flex flex-col gap-6">
          <Form key={mail.data?.host ?? ""} server={mail.data} />
          {mail.data && <Try />}
        </div>
      )}
    </Part>
  );
}

function Form({ server }: { server: MailServer | null }) {
  const set = useSetMailServer();
  const remove = useRemoveMailServer();
  const [host, setHost] = useState(server?.host ?? "");
  const [security, setSecurity] = useState<Security>(server?.security ?? "tls");
  const [port, setPort] = useState(server ? String(server.port) : PORTS.tls);
  const [username, setUsername] = useState(server?.username ?? "");
  const [password, setPassword] = useState("");
  const [sender, setSender] = useState(server?.sender ?? "");
  const error = set.error ?? remove.error;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const user = username.trim();
    set.mutate(
      {
        host: host.trim(),
        port: Number(port),
        security,
        sender: sender.trim(),
        username: user === "" ? null : user,
        ...(password !== "" && { password }),
      },
      {
        onSuccess: () => {
          setPassword("");
          say(t("mail.saved"));
        },
      },
    );
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <div className="grid gap-4 md:grid-cols-2">
        <TextField
          label={t("mail.host")}
          required
          value={host}
          maxLength={255}
          onChange={({ target }) => {
            setHost(target.value);
          }}
        />
        <TextField
          label={t("mail.sender")}
          type="email"
          required
          value={sender}
          maxLength={254}
          onChange={({ target }) => {
            setSender(target.value);
          }}
        />
        <SelectField
          label={t("mail.security")}
          hint={security === "none" ? t("mail.none_hint") : undefined}
          value={security}
          onChange={({ target }) => {
            const chosen = target.value as Security;
            if (port === PORTS[security]) setPort(PORTS[chosen]);
            setSecurity(chosen);
          }}
        >
          <option value="tls">{t("mail.tls")}</option>
          <option value="starttls">{t("mail.starttls")}</option>
          <option value="none">{t("mail.none")}</option>
        </SelectField>
        <TextField
          label={t("mail.port")}
          type="number"
          min={1}
          max={65535}
          required
          value={port}
          onChange={({ target }) => {
            setPort(target.value);
          }}
        />
        <TextField
          label={t("mail.username")}
          optional
          autoComplete="off"
          value={username}
          maxLength={254}
          onChange={({ target }) => {
            setUsername(target.value);
          }}
        />
        <PasswordField
          label={t("mail.password")}
          hint={server?.has_password ? t("mail.kept") : undefined}
          required={false}
          autoComplete="new-password"
          value={password}
          onChange={({ target }) => {
            setPassword(target.value);
          }}
        />
      </div>
      {error && (
        <div role="alert">
          <Notice tone="bad">{reason(error)}</Notice>
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" kind="primary" busy={set.isPending}>
          {t("mail.save")}
        </Button>
        {server && (
          <Button
            kind="danger"
            busy={remove.isPending}
            onClick={() => {
              remove.mutate(undefined, {
                onSuccess: () => {
                  say(t("mail.removed"));
                },
              });
            }}
          >
            {t("mail.remove")}
          </Button>
        )}
      </div>
    </form>
  );
}

function Try() {
  const test = useTestMail();
  const [to, setTo] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    test.mutate(to.trim(), {
      onSuccess: () => {
        say(t("mail.tested", { to: to.trim() }));
      },
    });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 border-t border-line pt-4">
      <TextField
        label={t("mail.to")}
        type="email"
        required
        value={to}
        maxLength={254}
        onChange={({ target }) => {
          setTo(target.value);
        }}
      />
      {test.isError && (
        <div role="alert">
          <Notice tone="bad">{reason(test.error)}</Notice>
        </div>
      )}
      <div>
        <Button type="submit" busy={test.isPending}>
          {t("mail.test")}
        </Button>
      </div>
    </form>
  );
}
