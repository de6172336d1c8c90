import { useId, useState, type ReactNode } from "react";

import { useModelCall, type ModelCall, type ModelCallRow } from "@/api/coach/calls";
import { usePreferences } from "@/api/session";
import { Sent, Written } from "@/features/model/Sent";
import { actionWords, cost, readable } from "@/features/model/words";
import { instant } from "@/lib/dates";
import { Failure, Notice } from "@/ui/layout/States";
import { Icon } from "@/ui/pictures/Icon";
import { t } from "./text";

/** A call: when, what for, which model, what it took and how it ended; opened, what was sent and answered. */
export function CallRow({ call, opened = false }: { call: ModelCallRow; opened?: boolean }) {
  const [open, setOpen] = useState(opened);
  const body = useId();
  const wish = usePreferences();
  const took = cost(call);
  return (
    <li data-call={call.id}>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={body}
        onClick={() => {
          setOpen(!open);
        }}
        className="flex w-full items-start gap-2 px-4 py-3 text-left hover:bg-sunken"
      >
        <Icon
          name="right"
          size={18}
          className={`mt-0.5 shrink-0 text-ink-3 transition-transform ${open ? "rotate-90" : ""}`}
        />
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-baseline justify-between gap-x-4">
            <span className="font-medium">{actionWords(call.action)}</span>
            <span className={call.outcome === "done" ? "text-sm text-ink-2" : "text-sm font-medium text-warn"}>
              {outcomeWords(call.outcome)}
            </span>
          </span>
          <span className="label block break-words">
            {instant(call.at, wish)} · {call.model ?? t("calls.no_model")}
            {call.provider !== null && ` (${call.provider})`}
          </span>
          {took !== "" && <span className="label block">{took}</span>}
          {call.sentence !== "" && <span className="block text-sm text-ink-2">{call.sentence}</span>}
        </span>
      </button>
      <div id={body} className={open ? "px-4 pt-1 pb-4" : ""}>
        {open && <Opened id={call.id} />}
      </div>
    </li>
  );
}

function outcomeWords(outcome: string): string {
  return t(outcome === "done" ? "calls.done" : outcome === "running" ? "calls.running" : "calls.refused");
}

function Opened({ id }: { id: string }) {
  const { data, error, refetch } = useModelCall(id);
  if (data) return <Whole call={data} />;
  return error ? <Failure error={error} retry={() => void refetch()} /> : <div className="skeleton h-24" />;
}

function Whole({ call }: { call: ModelCall }) {
  // What was sent is deleted after some days; only where the budget was used up was nothing sent.
  const isDeleted = call.sent === null && call.outcome !== "budget";
  return (
    <div className="flex flex-col gap-4">
      <p className="label break-all">{call.endpoint}</p>
      {isDeleted && <Notice>{t("calls.deleted")}</Notice>}
      {!isDeleted && (
        <>
          <Shown title={t("calls.sent")}>
            {call.sent === null ? <p>{t("calls.nothing_sent")}</p> : <Sent sent={call.sent} />}
          </Shown>
          <Shown title={t("calls.answer")}>
            {call.answer === null ? (
              <p>{t("calls.no_answer")}</p>
            ) : (
              <Written label={t("calls.answer")} text={readable(call.answer)} />
            )}
          </Shown>
          <Shown title={t("calls.rejected")}>
            {call.rejected.length === 0 ? <p>{t("calls.nothing_refused")}</p> : <Lines lines={call.rejected} />}
          </Shown>
        </>
      )}
      {call.attempts.some(({ trouble }) => trouble !== null) && (
        <Shown title={t("calls.attempts")}>
          <Lines
            lines={call.attempts.map(({ model, trouble, detail }) =>
              trouble === null
                ? t("calls.attempt_ok", { model })
                : t("calls.attempt", { model, trouble: detail === "" ? trouble : detail }),
            )}
          />
        </Shown>
      )}
    </div>
  );
}

function Shown({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="text-sm">
      <h3 className="mb-1 font-semibold">{title}</h3>
      {children}
    </section>
  );
}

function Lines({ lines }: { lines: string[] }) {
  return (
    <ul className="list-disc pl-5">
      {lines.map((line, at) => (
        <li key={at} className="break-words">
          {line}
        </li>
      ))}
    </ul>
  );
}
