import { useState } from "react";
import { useNavigate } from "react-router";

import { reason } from "@/api/client";
import { useMayEdit, useMayOwn } from "@/api/session";
import { useAskForMessages, useChangeConnection, useStop, useSync } from "@/api/sources/sources";
import type { Connection, SourceDescription } from "@/api/types";
import { routes } from "@/lib/routes";
import { ConnectDialog } from "@/pages/sources/connect/ConnectDialog";
import { DaysDialog } from "@/pages/sources/days/DaysDialog";
import { t } from "@/pages/sources/text";
import { Button, ButtonLink, IconButton } from "@/ui/controls/Button";
import { Menu, MenuItem } from "@/ui/controls/Menu";
import { say, sayError } from "@/ui/layout/Toasts";
import { DisconnectDialog } from "./DisconnectDialog";
import { SettingsDialog } from "./SettingsDialog";
import { COLUMNS, SheetDialog } from "./SheetDialog";

type Open = "columns" | "connect" | "days" | "disconnect" | "settings" | null;

/** What can be done with a connection: what it needs first, the rest in a menu. */
export function Acts({
  connection,
  kind,
  whole,
}: {
  connection: Connection;
  kind: SourceDescription | undefined;
  whole: boolean;
}) {
  const [mayEdit, mayOwn] = [useMayEdit(), useMayOwn()];
  const navigate = useNavigate();
  const [open, setOpen] = useState<Open>(null);
  const [sync, stop, change, ask] = [useSync(), useStop(), useChangeConnection(), useAskForMessages()];
  const { id, name, state, paused, run } = connection;
  const failed = (error: unknown): void => {
    sayError(reason(error));
  };
  const start = (what: { backfill?: boolean } = {}): void => {
    sync.mutate(
      { id, ...what },
      {
        onSuccess: () => {
          say(t("connections.started", { name }));
        },
        onError: failed,
      },
    );
  };
  const halt = (): void => {
    stop.mutate(id, {
      onSuccess: () => {
        say(t("connections.stopped", { name }));
      },
      onError: failed,
    });
  };
  const listen = (): void => {
    ask.mutate(id, {
      onSuccess: () => {
        say(t("connections.subscribe_toast", { name }));
      },
      onError: failed,
    });
  };
  const pause = (): void => {
    change.mutate(
      { id, paused: !paused },
      {
        onSuccess: () => {
          say(t(paused ? "connections.resumed_toast" : "connections.paused_toast", { name }));
        },
        onError: failed,
      },
    );
  };
  const needsPerson = state === "sign_in" || state === "question";
  const maySync = mayEdit && !needsPerson && !paused;
  const close = (): void => {
    setOpen(null);
  };
  return (
    <footer className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-3 md:px-5">
      {state === "question" && mayOwn && (
        <Button
          kind="primary"
          icon="key"
          onClick={() => {
            setOpen("connect");
          }}
        >
          {t(asksCode(connection) ? "connections.enter_code" : "connections.answer")}
        </Button>
      )}
      {state === "sign_in" && mayOwn && (
        <Button
          kind="primary"
          icon="key"
          onClick={() => {
            setOpen("connect");
          }}
        >
          {t("connections.reconnect")}
        </Button>
      )}
      {run && mayEdit && (
        <Button icon="stop" busy={stop.isPending} onClick={halt}>
          {t("connections.stop")}
        </Button>
      )}
      {!run && maySync && (
        <Button
          kind="primary"
          icon="sync"
          busy={sync.isPending}
          onClick={() => {
            start();
          }}
        >
          {t("connections.sync")}
        </Button>
      )}
      {mayOwn && (paused || !needsPerson) && (
        <Button
          kind={paused ? "primary" : "plain"}
          icon={paused ? "play" : "pause"}
          busy={change.isPending}
          onClick={pause}
        >
          {t(paused ? "connections.resume" : "connections.pause")}
        </Button>
      )}
      {mayOwn && hasColumns(kind) && (
        <Button
          icon="table"
          onClick={() => {
            setOpen("columns");
          }}
        >
          {t("sheet.open")}
        </Button>
      )}
      {mayOwn && (
        <Button
          icon="settings"
          onClick={() => {
            setOpen("settings");
          }}
        >
          {t("connections.settings")}
        </Button>
      )}
      <span className="ml-auto flex items-center gap-1">
        {!whole && (
          <ButtonLink kind="quiet" to={routes.source(id)}>
            {t("connections.open")}
          </ButtonLink>
        )}
        {mayEdit && (mayOwn || maySync) && (
          <Menu button={(wiring) => <IconButton name={t("connections.more", { name })} icon="more" {...wiring} />}>
            {maySync && (
              <MenuItem
                icon="sync"
                onClick={() => {
                  setOpen("days");
                }}
              >
                {t("connections.sync_days")}
              </MenuItem>
            )}
            {maySync && (
              <MenuItem
                icon="download"
                onClick={() => {
                  start({ backfill: true });
                }}
              >
                {t("connections.backfill")}
              </MenuItem>
            )}
            {mayOwn && kind?.messages && !needsPerson && (
              <MenuItem icon="bell" onClick={listen}>
                {t("connections.subscribe")}
              </MenuItem>
            )}
            {mayOwn && state !== "question" && (
              <MenuItem
                icon="key"
                onClick={() => {
                  setOpen("connect");
                }}
              >
                {t("connections.reconnect")}
              </MenuItem>
            )}
            {mayOwn && (
              <MenuItem
                icon="trash"
                danger
                onClick={() => {
                  setOpen("disconnect");
                }}
              >
                {t("connections.disconnect")}
              </MenuItem>
            )}
          </Menu>
        )}
      </span>
      {open === "connect" && kind && <ConnectDialog kind={kind} connection={connection} onClose={close} />}
      {open === "days" && <DaysDialog connection={connection} onClose={close} />}
      {open === "settings" && <SettingsDialog connection={connection} kind={kind} onClose={close} />}
      {open === "columns" && kind && <SheetDialog connection={connection} kind={kind} onClose={close} />}
      {open === "disconnect" && (
        <DisconnectDialog
          connection={connection}
          onClose={close}
          onDone={() => {
            if (whole) void navigate(routes.sources);
            else close();
          }}
        />
      )}
    </footer>
  );
}

const hasColumns = (kind: SourceDescription | undefined): boolean =>
  kind?.settings.some(({ key }) => key === COLUMNS) ?? false;
const asksCode = ({ question }: Connection): boolean => question?.fields.some(({ kind }) => kind === "code") ?? false;
