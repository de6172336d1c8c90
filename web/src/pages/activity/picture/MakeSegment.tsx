import { useState, type FormEvent } from "react";
import { useNavigate } from "react-router";

import { reason } from "@/api/client";
import { useDrawSegment } from "@/api/places/segments";
import type { Stretch } from "@/charts/channels/frame";
import { routes } from "@/lib/routes";
import { t } from "@/pages/activity/text";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { say } from "@/ui/layout/Toasts";

/** The chosen stretch as a segment of its own, once it has a name. */
export function MakeSegment({ activity, stretch }: { activity: string; stretch: Stretch }) {
  const [naming, setNaming] = useState(false);
  return (
    <>
      <Button
        icon="segment"
        onClick={() => {
          setNaming(true);
        }}
      >
        {t("segments.from_stretch")}
      </Button>
      {naming && (
        <NameDialog
          activity={activity}
          stretch={stretch}
          onClose={() => {
            setNaming(false);
          }}
        />
      )}
    </>
  );
}

function NameDialog({ activity, stretch, onClose }: { activity: string; stretch: Stretch; onClose: () => void }) {
  const draw = useDrawSegment();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const wanted = name.trim();
    setMissing(wanted === "");
    if (wanted === "") return;
    draw.mutate(
      { name: wanted, activity, start_s: stretch.from, end_s: stretch.to },
      {
        onSuccess: (segment) => {
          say(t("segments.made", { name: segment.name }));
          void navigate(routes.segment(segment.id));
        },
      },
    );
  };
  return (
    <Dialog title={t("segments.from_stretch")} onClose={onClose}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        {draw.isError && (
          <div role="alert">
            <Notice tone="bad">{reason(draw.error)}</Notice>
          </div>
        )}
        <TextField
          label={t("segments.name")}
          required
          autoFocus
          maxLength={200}
          value={name}
          error={missing ? t("segments.name_needed") : undefined}
          onChange={(event) => {
            setName(event.target.value);
          }}
        />
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" kind="primary" busy={draw.isPending}>
            {t("segments.make")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
