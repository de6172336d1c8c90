import { useState, type FormEvent, type ReactNode } from "react";

import { useTurnEdit, type Tagged } from "@/api/activities/activities";
import { useCorrect, useCorrectionPreview } from "@/api/activities/corrections";
import { reason } from "@/api/client";
import { usePreferences } from "@/api/session";
import type { CorrectionField, CorrectionTool } from "@/api/types";
import { scaleOf } from "@/lib/units";
import { t } from "@/pages/activity/text";
import { Button } from "@/ui/controls/Button";
import { useLater } from "@/ui/hooks/later";
import { Notice, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { BeforeAfter } from "./BeforeAfter";
import { FieldOf } from "./FieldOf";
import { Marks } from "./Marks";
import { bodyOf, marksOf, typedOf, typedStretches, withLap, withMark, type Typed, type TypedLap } from "./values";

const QUIET_MS = 400;

const nameOf = (field: CorrectionField, index: number): string =>
  field.kind === "laps" ? t("tools.lap_start", { number: index + 1 }) : field.label;

/** What a correction asks for, what it would change, and the button that does it. */
export function CorrectionForm({
  activity,
  tool,
  onDone,
}: {
  activity: Tagged;
  tool: CorrectionTool;
  onDone: () => void;
}) {
  const wish = usePreferences();
  // Altitudes are in feet for those who think in feet; the length of a pool is what stands at the pool.
  const scaled = ({ unit, key }: CorrectionField): number =>
    unit === "m" && key !== "length_m" ? scaleOf("elevation", wish).of(1) : 1;
  const [typed, setTyped] = useState<Record<string, Typed>>(() =>
    Object.fromEntries(tool.fields.map((field) => [field.key, typedOf(field, tool.suggested[field.key], scaled)])),
  );
  const body = bodyOf(tool, typed, scaled);
  const asked = useLater(body === null ? "" : JSON.stringify(body), QUIET_MS);
  const preview = useCorrectionPreview(activity.id, asked === "" ? null : (JSON.parse(asked) as typeof body));
  const apply = useCorrect(activity.id);
  const turn = useTurnEdit();
  const failed = (error: unknown): void => {
    sayError(reason(error));
  };
  const change = (field: CorrectionField, value: Typed): void => {
    const next = { ...typed, [field.key]: value };
    const found = field.choices.find(({ key }) => key === value);
    // Another channel has spikes of its own.
    if (field.kind === "choice" && found && "stretches" in typed) next.stretches = typedStretches(found.stretches);
    setTyped(next);
  };
  const laps = tool.fields.find(({ kind }) => kind === "laps");
  const marks = tool.fields.flatMap((field) =>
    marksOf(field, typed[field.key])
      .map((at, index) => ({ field, index, at, name: nameOf(field, index) }))
      .filter(({ at }) => Number.isFinite(at)),
  );
  const over = (first: number, last: number): ReactNode => (
    <Marks
      {...{ first, last, marks }}
      onMove={(number, at) => {
        const mark = marks[number];
        if (mark) change(mark.field, withMark(mark.field, typed[mark.field.key], mark.index, at));
      }}
      onAcross={
        laps &&
        ((from, to) => {
          change(laps, withLap(typed[laps.key] as TypedLap[], from, to));
        })
      }
    />
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (body === null) return;
    // A promise, for this form is gone before it resolves.
    apply.mutateAsync(body).then((edit) => {
      onDone();
      const undo = (): void => {
        turn.mutateAsync({ activity: activity.id, edit: edit ?? "", turn: "undo" }).then(() => {
          say(t("tools.undone", { what: tool.title }));
        }, failed);
      };
      say(t("tools.applied", { what: tool.title }), edit === undefined ? null : undo);
    }, failed);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <p className="text-sm text-ink-2">{tool.help}</p>
      {tool.fields.map((field) => (
        <FieldOf
          key={field.key}
          field={field}
          typed={typed[field.key] ?? ""}
          unit={field.unit === "m" && scaled(field) !== 1 ? scaleOf("elevation", wish).unit : field.unit}
          scaled={scaled}
          onChange={(value) => {
            change(field, value);
          }}
        />
      ))}
      {preview.isLoading && (
        <Waiting>
          <div className="skeleton h-40" />
        </Waiting>
      )}
      {preview.isError && <Notice tone="bad">{reason(preview.error)}</Notice>}
      {preview.data && body !== null && (
        <>
          <BeforeAfter preview={preview.data} sport={activity.sport} over={marks.length > 0 ? over : undefined} />
          {marks.length > 0 && (
            <p className="-mt-2 text-xs text-ink-3">
              {laps && `${t("tools.drag_lap")} `}
              {t("tools.drag_hint")}
            </p>
          )}
        </>
      )}
      <div className="flex justify-end gap-2">
        <Button kind="quiet" onClick={onDone}>
          {t("app.cancel")}
        </Button>
        <Button
          type="submit"
          kind="primary"
          busy={apply.isPending}
          disabled={body === null || preview.data?.is_changed !== true}
        >
          {t("tools.apply")}
        </Button>
      </div>
    </form>
  );
}
