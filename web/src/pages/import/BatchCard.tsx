import { useState } from "react";
import { Link } from "react-router";

import { reason } from "@/api/client";
import { useMayEdit, usePreferences } from "@/api/session";
import { useTurnBatch } from "@/api/sources/batches";
import type { Batch } from "@/api/types";
import { humanise } from "@/lib/activity/sports";
import { instant } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { known } from "@/lib/text";
import { bytes, decimal, duration } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { say, sayError } from "@/ui/layout/Toasts";
import { Icon } from "@/ui/pictures/Icon";
import { Meter } from "@/ui/values/Meter";
import { Report } from "./Report";
import { STATUSES, StatusMark } from "./status";
import { many, t, type Plain } from "./text";

const TONES: Record<Batch["state"], string> = {
  receiving: "bg-warn-soft text-ink",
  running: "bg-accent-soft text-accent",
  done: "bg-sunken text-ink-2",
  undone: "bg-sunken text-ink-2 line-through",
};

/** One import: when, what became of its files, and a way back. */
export function BatchCard({ batch }: { batch: Batch }) {
  const wish = usePreferences();
  const [open, setOpen] = useState(false);
  const { counts } = batch;
  const settled = counts.imported + counts.duplicate + counts.skipped + counts.failed;
  const total = settled + counts.waiting + counts.arriving + counts.expected;
  return (
    <article className="card" data-batch={batch.id} data-state={batch.state}>
      <div className="flex flex-wrap items-start justify-between gap-3 p-4 md:px-5">
        <div className="min-w-0">
          <h3 className="flex flex-wrap items-center gap-2.5 font-semibold">
            {known("batch", batch.origin) ?? humanise(batch.origin)}
            <span className={`rounded-full px-2.5 py-0.5 text-xs font-medium ${TONES[batch.state]}`}>
              {t(`batch.${batch.state}`)}
            </span>
          </h3>
          <p className="mt-0.5 text-sm text-ink-2">
            {[
              instant(batch.created_at, wish),
              many("batch.files", batch.files, decimal(batch.files)),
              batch.bytes > 0 ? bytes(batch.bytes) : null,
            ]
              .filter(Boolean)
              .join(" · ")}
          </p>
        </div>
        <Acts
          batch={batch}
          open={open}
          toggle={() => {
            setOpen(!open);
          }}
        />
      </div>
      {(batch.state === "running" || batch.state === "receiving") && (
        <div className="px-4 pb-3 md:px-5">
          <Meter value={settled} max={total} label={t("import.progress")} />
          <p className="mt-1.5 flex min-h-5 gap-4 text-sm text-ink-2">
            <span>{t("import.bytes", { done: decimal(settled), total: decimal(total) })}</span>
            {batch.rate_per_s !== null && (
              <span>
                {t("import.reading_rate", { rate: decimal(batch.rate_per_s, batch.rate_per_s < 10 ? 1 : 0) })}
              </span>
            )}
            {batch.eta_s !== null && <span>{t("import.eta", { time: duration(batch.eta_s) })}</span>}
          </p>
        </div>
      )}
      <ul className="flex flex-wrap gap-x-5 gap-y-1 border-t border-line px-4 py-2.5 text-sm md:px-5">
        {STATUSES.filter((status) => status !== "container" && counts[status] > 0).map((status) => (
          <li key={status} className="flex items-center gap-1.5">
            <StatusMark status={status} />
            <span className="text-ink-2">
              <strong className="font-semibold text-ink">
                {status === "container" ? "" : decimal(counts[status])}
              </strong>{" "}
              {t(`status.${status}` satisfies Plain)}
            </span>
          </li>
        ))}
        {batch.activities > 0 && (
          <li className="text-ink-2 sm:ml-auto">
            {many("batch.recordings", batch.recordings, decimal(batch.recordings))}
            {" · "}
            <Link to={routes.activities} className="text-accent underline underline-offset-4">
              {many("batch.activities", batch.activities, decimal(batch.activities))}
            </Link>
            {batch.merged > 0 && ` · ${many("batch.merged", batch.merged, decimal(batch.merged))}`}
          </li>
        )}
        {batch.days > 0 && (
          <li className={batch.activities > 0 ? "text-ink-2" : "text-ink-2 sm:ml-auto"}>
            {many("batch.days", batch.days, decimal(batch.days))}
          </li>
        )}
      </ul>
      {batch.note !== null && <p className="border-t border-line px-5 py-2.5 text-sm text-ink-2">{batch.note}</p>}
      {open && <Report batch={batch} />}
    </article>
  );
}

function Acts({ batch, open, toggle }: { batch: Batch; open: boolean; toggle: () => void }) {
  const turn = useTurnBatch();
  const mayEdit = useMayEdit();
  const go = (way: "undo" | "redo"): void => {
    turn.mutate(
      { id: batch.id, turn: way },
      {
        onSuccess: () => {
          if (way === "undo")
            say(t("batch.undone_toast"), () => {
              go("redo");
            });
          else say(t("batch.redone_toast"));
        },
        onError: (error) => {
          sayError(reason(error));
        },
      },
    );
  };
  return (
    <div className="flex gap-1">
      {mayEdit && batch.state === "done" && (
        <Button
          kind="quiet"
          icon="undo"
          busy={turn.isPending}
          onClick={() => {
            go("undo");
          }}
        >
          {t("batch.undo")}
        </Button>
      )}
      {mayEdit && batch.state === "undone" && (
        <Button
          busy={turn.isPending}
          onClick={() => {
            go("redo");
          }}
        >
          {t("batch.redo")}
        </Button>
      )}
      <Button aria-expanded={open} onClick={toggle}>
        {t("batch.report")}
        <Icon name={open ? "up" : "down"} size={16} />
      </Button>
    </div>
  );
}
