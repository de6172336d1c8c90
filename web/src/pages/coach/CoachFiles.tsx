import { useRef, useState } from "react";

import { reason } from "@/api/client";
import { coachExport, useTakeCoachFile, useTryCoachFile, type CoachImport } from "@/api/coach/files";
import { useMayPlan } from "@/api/session";
import { Button, IconButton } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Menu, MenuItem } from "@/ui/controls/Menu";
import { say, sayError } from "@/ui/layout/Toasts";
import { t } from "./text";

/** Download rules, plans, workouts and routes as one file, or take such a file in after a look at what it adds. */
export function CoachFiles() {
  const mayPlan = useMayPlan();
  const picker = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const look = useTryCoachFile();
  const choose = (chosen: File | undefined): void => {
    if (!chosen) return;
    look.mutate(chosen, {
      onSuccess: () => {
        setFile(chosen);
      },
      onError: (error) => {
        sayError(reason(error));
      },
    });
  };
  if (!mayPlan) return null;
  return (
    <>
      <input
        ref={picker}
        type="file"
        accept=".json,.zip"
        hidden
        data-testid="coach-file"
        onChange={({ target }) => {
          choose(target.files?.[0]);
          target.value = "";
        }}
      />
      <Menu button={(wiring) => <IconButton name={t("files.more")} icon="more" {...wiring} />}>
        <MenuItem
          icon="download"
          onClick={() => {
            location.assign(coachExport("zip"));
          }}
        >
          {t("files.export")}
        </MenuItem>
        <MenuItem
          icon="plus"
          onClick={() => {
            picker.current?.click();
          }}
        >
          {t("files.import")}
        </MenuItem>
      </Menu>
      {file && look.data && (
        <Preview
          file={file}
          found={look.data}
          onClose={() => {
            setFile(null);
          }}
        />
      )}
    </>
  );
}

/** What a file adds, by name, before it is added. */
function Preview({ file, found, onClose }: { file: File; found: CoachImport; onClose: () => void }) {
  const take = useTakeCoachFile();
  const parts: [name: string, items: string[]][] = [
    [t("files.rules"), found.rules],
    [t("files.plans"), found.plans],
    [t("files.workouts"), found.workouts],
    [t("files.routes"), found.routes],
  ];
  const some = parts.some(([, items]) => items.length > 0);
  return (
    <Dialog title={t("files.title", { name: file.name })} onClose={onClose}>
      {some ? (
        <dl className="flex flex-col gap-3">
          {parts
            .filter(([, items]) => items.length > 0)
            .map(([name, items]) => (
              <div key={name}>
                <dt className="label">{name}</dt>
                <dd>{items.join(", ")}</dd>
              </div>
            ))}
        </dl>
      ) : (
        <p>{t("files.nothing")}</p>
      )}
      {found.plans.length > 0 && <p className="mt-3 text-sm text-ink-2">{t("files.wait")}</p>}
      <div className="mt-4 flex justify-end gap-2">
        <Button onClick={onClose}>{t("app.cancel")}</Button>
        {some && (
          <Button
            kind="primary"
            busy={take.isPending}
            onClick={() => {
              take.mutate(file, {
                onSuccess: () => {
                  say(t("files.added"));
                  onClose();
                },
                onError: (error) => {
                  sayError(reason(error));
                },
              });
            }}
          >
            {t("files.add")}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
