import { useState, type FormEvent } from "react";
import { useNavigate } from "react-router";

import { reason } from "@/api/client";
import { useImportSegment } from "@/api/places/segments";
import { FAMILIES } from "@/lib/activity/sports";
import { familyName } from "@/lib/charts/frames";
import { routes } from "@/lib/routes";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { SelectField, TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { say } from "@/ui/layout/Toasts";
import { t } from "./text";

/** A file with a track as a segment: what it is called, and for which sport. */
export function ImportDialog({ file, onClose }: { file: File; onClose: () => void }) {
  const take = useImportSegment();
  const navigate = useNavigate();
  const [name, setName] = useState(() => file.name.replace(/\.[^.]+$/, "").replaceAll(/[_-]+/g, " "));
  const [family, setFamily] = useState<string>(FAMILIES[0]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    take.mutate(
      { file, family, name: name.trim() },
      {
        onSuccess: (segment) => {
          say(t("segments.made", { name: segment.name }));
          void navigate(routes.segment(segment.id));
        },
      },
    );
  };
  return (
    <Dialog title={t("segments.import_title")} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {take.isError && (
          <div role="alert">
            <Notice tone="bad">{reason(take.error)}</Notice>
          </div>
        )}
        <p className="text-sm text-ink-2">{t("segments.import_hint")}</p>
        <TextField
          label={t("segments.name")}
          required
          maxLength={200}
          value={name}
          onChange={(event) => {
            setName(event.target.value);
          }}
        />
        <SelectField
          label={t("segments.sport")}
          value={family}
          onChange={(event) => {
            setFamily(event.target.value);
          }}
        >
          {FAMILIES.map((one) => (
            <option key={one} value={one}>
              {familyName(one)}
            </option>
          ))}
        </SelectField>
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" kind="primary" busy={take.isPending}>
            {t("segments.make")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
