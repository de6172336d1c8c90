import { useState } from "react";

import { reason } from "@/api/client";
import {
  useAddAthlete,
  useRemoveAthlete,
  useRemovedAthletes,
  useRenameAthlete,
  useRestoreAthlete,
} from "@/api/people/people";
import { lookAt, useAthlete, useMayOwn, usePreferences, useSession } from "@/api/session";
import { AskName } from "@/features/people/AskName";
import { NAMES } from "@/features/people/roles";
import { t as roleText } from "@/features/people/text";
import { instant } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { Part } from "@/pages/settings/Part";
import { Button } from "@/ui/controls/Button";
import { say, sayError } from "@/ui/layout/Toasts";
import { ExportDialog } from "./ExportDialog";
import { t } from "./text";

type Asked = "add" | "rename" | "export" | "delete";

/** The athletes that one sees: which is shown; those that one owns added, renamed, exported, deleted and restored. */
export function AthletesPart() {
  const { data: session } = useSession();
  const shown = useAthlete();
  const mayOwn = useMayOwn();
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = (): void => {
    setAsked(null);
  };
  return (
    <Part title={t("athletes.title")} lead={t("athletes.lead")}>
      <ul className="divide-y divide-line border-y border-line empty:hidden">
        {session?.athletes.map(({ id, name, role, demo }) => (
          <li key={id} className="flex min-h-14 flex-wrap items-center gap-3 py-2" data-athlete={name}>
            <span className="min-w-32 flex-1">
              <span className="block truncate font-medium">{name}</span>
              <span className="block text-sm text-ink-2">
                {roleText(NAMES[role])}
                {id === shown?.id && ` · ${t("athletes.shown")}`}
              </span>
            </span>
            {id !== shown?.id && (
              <Button
                onClick={() => {
                  lookAt(id, routes.today);
                }}
              >
                {t("athletes.show")}
              </Button>
            )}
            {id === shown?.id && mayOwn && !demo && (
              <>
                <Button
                  onClick={() => {
                    setAsked("rename");
                  }}
                >
                  {t("athletes.rename")}
                </Button>
                <Button
                  onClick={() => {
                    setAsked("export");
                  }}
                >
                  {t("export.go")}
                </Button>
                <Button
                  kind="danger"
                  onClick={() => {
                    setAsked("delete");
                  }}
                >
                  {t("athletes.delete")}
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
      <Button
        icon="plus"
        className="mt-5"
        onClick={() => {
          setAsked("add");
        }}
      >
        {t("athletes.add")}
      </Button>
      <Removed />
      {asked === "add" && <Add onClose={close} />}
      {asked === "rename" && shown && <Rename name={shown.name} onClose={close} />}
      {asked === "export" && shown && <ExportDialog name={shown.name} onClose={close} />}
      {asked === "delete" && shown && (
        <Delete
          name={shown.name}
          onExport={() => {
            setAsked("export");
          }}
          onClose={close}
        />
      )}
    </Part>
  );
}

function Add({ onClose }: { onClose: () => void }) {
  const add = useAddAthlete();
  return (
    <AskName
      title={t("athletes.add")}
      label={t("athletes.name")}
      go={t("athletes.add")}
      pending={add.isPending}
      error={add.error}
      onClose={onClose}
      onSubmit={(name) => {
        add.mutate(name, {
          onSuccess: () => {
            say(t("athletes.added", { name }));
            onClose();
          },
        });
      }}
    />
  );
}

function Rename({ name, onClose }: { name: string; onClose: () => void }) {
  const rename = useRenameAthlete();
  return (
    <AskName
      title={t("athletes.rename")}
      label={t("athletes.name")}
      start={name}
      go={t("athletes.rename")}
      pending={rename.isPending}
      error={rename.error}
      onClose={onClose}
      onSubmit={(now) => {
        rename.mutate(now, {
          onSuccess: () => {
            say(t("athletes.renamed"));
            onClose();
          },
        });
      }}
    />
  );
}

function Delete({ name, onExport, onClose }: { name: string; onExport: () => void; onClose: () => void }) {
  const remove = useRemoveAthlete();
  return (
    <AskName
      title={t("athletes.delete_title", { name })}
      hint={
        <>
          <p>{t("athletes.delete_hint", { name })}</p>
          <p className="flex flex-wrap items-center justify-between gap-2">
            {t("export.first")}
            <Button icon="download" onClick={onExport}>
              {t("export.go")}
            </Button>
          </p>
        </>
      }
      label={t("athletes.type", { name })}
      must={name}
      go={t("athletes.delete")}
      danger
      pending={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onSubmit={(typed) => {
        remove.mutate(typed, {
          onSuccess: () => {
            lookAt("", routes.settings("people"));
          },
        });
      }}
    />
  );
}

/** What was deleted and can be restored. */
function Removed() {
  const removed = useRemovedAthletes();
  const restore = useRestoreAthlete();
  const wish = usePreferences();
  const items = removed.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <>
      <h3 className="mt-6 font-semibold">{t("athletes.removed")}</h3>
      <ul className="mt-2 divide-y divide-line border-y border-line">
        {items.map(({ id, name, deleted_at }) => (
          <li key={id} className="flex min-h-14 flex-wrap items-center gap-3 py-2">
            <span className="min-w-32 flex-1">
              <span className="block truncate font-medium">{name}</span>
              <span className="block text-sm text-ink-2">
                {t("athletes.until", { day: instant(deleted_at, wish) })}
              </span>
            </span>
            <Button
              icon="undo"
              busy={restore.isPending && restore.variables === id}
              onClick={() => {
                restore.mutate(id, {
                  onSuccess: () => {
                    say(t("athletes.restored", { name }));
                  },
                  onError: (error) => {
                    sayError(reason(error));
                  },
                });
              }}
            >
              {t("athletes.restore")}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
