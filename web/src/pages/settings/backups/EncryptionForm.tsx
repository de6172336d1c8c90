import { useState } from "react";

import { reason } from "@/api/client";
import { useEncryptBackups, useStopEncryptingBackups } from "@/api/settings";
import type { Backups } from "@/api/types";
import { Copied } from "@/pages/settings/models/Copied";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Notice } from "@/ui/layout/States";
import { sayError } from "@/ui/layout/Toasts";
import { t } from "./text";

const STATE = {
  off: "backup_key.off",
  on: "backup_key.on",
  set: "backup_key.set",
  unusable: "backup_key.unusable",
} as const;

/** Whether backups are encrypted; a new key is shown this once. */
export function EncryptionForm({ encryption }: { encryption: Backups["encryption"] }) {
  const [making, setMaking] = useState(false);
  const stop = useStopEncryptingBackups();
  const say = t(STATE[encryption]);
  return (
    <section aria-labelledby="backup-key">
      <h3 id="backup-key" className="font-semibold">
        {t("backup_key.title")}
      </h3>
      {encryption === "unusable" ? (
        <div className="mt-2">
          <Notice tone="bad">{say}</Notice>
        </div>
      ) : (
        <p className="mt-1 max-w-prose text-sm text-ink-2">{say}</p>
      )}
      {(encryption === "off" || encryption === "on") && (
        <div className="mt-3 flex flex-wrap gap-2">
          <Button
            icon="lock"
            onClick={() => {
              setMaking(true);
            }}
          >
            {t(encryption === "off" ? "backup_key.encrypt" : "backup_key.new")}
          </Button>
          {encryption === "on" && (
            <Button
              kind="quiet"
              busy={stop.isPending}
              onClick={() => {
                stop.mutate(undefined, {
                  onError: (error) => {
                    sayError(reason(error));
                  },
                });
              }}
            >
              {t("backup_key.stop")}
            </Button>
          )}
        </div>
      )}
      {making && (
        <NewKey
          again={encryption === "on"}
          onClose={() => {
            setMaking(false);
          }}
        />
      )}
    </section>
  );
}

function NewKey({ again, onClose }: { again: boolean; onClose: () => void }) {
  const encrypt = useEncryptBackups();
  const [first] = useState(!again); // the state changes while the dialog is open
  const title = t(first ? "backup_key.encrypt" : "backup_key.new");
  if (encrypt.data)
    return (
      <Dialog title={title} onClose={onClose}>
        <p>{t("backup_key.keep")}</p>
        <Copied text={encrypt.data.key} id="backup-key-text" />
        <div className="mt-5 flex justify-end">
          <Button kind="primary" onClick={onClose}>
            {t("backup_key.kept")}
          </Button>
        </div>
      </Dialog>
    );
  return (
    <Dialog title={title} onClose={onClose}>
      {encrypt.error && (
        <div role="alert" className="mb-4">
          <Notice tone="bad">{reason(encrypt.error)}</Notice>
        </div>
      )}
      <p className="mb-5">{t(first ? "backup_key.first_hint" : "backup_key.new_hint")}</p>
      <div className="flex justify-end gap-2">
        <Button kind="quiet" onClick={onClose}>
          {t("app.cancel")}
        </Button>
        <Button
          kind="primary"
          busy={encrypt.isPending}
          onClick={() => {
            encrypt.mutate();
          }}
        >
          {t("backup_key.make")}
        </Button>
      </div>
    </Dialog>
  );
}
