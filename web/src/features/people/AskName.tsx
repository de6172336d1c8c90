import { useState, type FormEvent, type ReactNode } from "react";

import { reason } from "@/api/client";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { t } from "./text";

/** A dialog that asks for a name. */
export function AskName({
  title,
  hint,
  label,
  start = "",
  must,
  go,
  danger = false,
  pending,
  error,
  onSubmit,
  onClose,
}: {
  title: string;
  hint?: ReactNode;
  label: string;
  start?: string;
  /** What has to be typed. */
  must?: string;
  go: string;
  danger?: boolean;
  pending: boolean;
  error: Error | null;
  onSubmit: (name: string) => void;
  onClose: () => void;
}) {
  const [name, setName] = useState(start);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit(name.trim());
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {hint}
        {error && (
          <div role="alert">
            <Notice tone="bad">{reason(error)}</Notice>
          </div>
        )}
        <TextField
          label={label}
          required
          maxLength={200}
          autoComplete="off"
          value={name}
          onChange={({ target }) => {
            setName(target.value);
          }}
        />
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button
            type="submit"
            kind={danger ? "danger" : "primary"}
            busy={pending}
            disabled={must !== undefined && name.trim() !== must}
          >
            {go}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
