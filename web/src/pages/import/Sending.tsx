import { useEffect, useState } from "react";

import { queue } from "@/api/sources/uploads";
import { bytes, decimal, duration } from "@/lib/units";
import type { Snapshot, Upload } from "@/lib/upload/queue";
import { Button } from "@/ui/controls/Button";
import { Icon } from "@/ui/pictures/Icon";
import { Meter } from "@/ui/values/Meter";
import { many, t } from "./text";

/** The upload under way: how far, how fast, what is being sent now, and what was refused. */
export function Sending({ uploads }: { uploads: Snapshot }) {
  const { state, files, sentFiles, bytes: all, sentBytes, rate, eta, failed } = uploads;
  const held = state === "paused" || state === "away" || state === "signed_out";
  const left = files - sentFiles - failed.length;
  return (
    <section aria-label={t("import.progress")} data-testid="sending" data-state={state} className="card mt-4 p-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="font-semibold" role="status">
          {left === 0
            ? many("import.sent", sentFiles, decimal(sentFiles))
            : t("import.sending", { done: decimal(sentFiles), total: decimal(files) })}
        </p>
        {left > 0 &&
          (held ? (
            <Button
              kind="primary"
              icon="play"
              onClick={() => {
                queue.resume();
              }}
            >
              {t(state === "away" ? "import.try_now" : "import.resume")}
            </Button>
          ) : (
            <Button
              icon="pause"
              onClick={() => {
                queue.pause();
              }}
            >
              {t("import.pause")}
            </Button>
          ))}
      </div>
      <Meter value={sentBytes} max={all} label={t("import.progress")} className="mt-3" />
      <p className="mt-2 flex min-h-5 flex-wrap gap-x-4 text-sm text-ink-2">
        <span>{t("import.bytes", { done: bytes(sentBytes), total: bytes(all) })}</span>
        {state === "running" && rate !== null && <span>{t("import.rate", { rate: bytes(rate) })}</span>}
        {state === "running" && eta !== null && <span>{t("import.eta", { time: duration(eta) })}</span>}
        {state === "paused" && <span>{t("import.paused")}</span>}
        {state === "away" && <Away until={uploads.retryAt} />}
        {state === "signed_out" && <span>{t("import.signed_out")}</span>}
      </p>
      {uploads.active.length > 0 && (
        <ul className="mt-3 flex flex-col gap-1.5 border-t border-line pt-3">
          {uploads.active.map((upload) => (
            <Line key={upload.path} upload={upload} />
          ))}
        </ul>
      )}
      {failed.length > 0 && <Failed failed={failed} />}
    </section>
  );
}

function Line({ upload }: { upload: Upload }) {
  return (
    <li className="flex items-center gap-3 text-sm">
      <span className="min-w-0 flex-1 truncate">{upload.path}</span>
      <span className="label w-20 text-right">{bytes(upload.size)}</span>
      <Meter value={upload.sent} max={upload.size} label={upload.path} className="w-24!" />
    </li>
  );
}

function Failed({ failed }: { failed: Upload[] }) {
  return (
    <div className="mt-3 border-t border-line pt-3">
      <p className="flex items-center justify-between gap-3 text-sm font-medium">
        <span className="flex items-center gap-2">
          <Icon name="alert" size={18} className="text-danger" />
          {many("import.failed", failed.length)}
        </span>
        <Button
          onClick={() => {
            queue.retry();
          }}
        >
          {t("import.try_again")}
        </Button>
      </p>
      <ul className="mt-2 flex flex-col gap-1 text-sm">
        {failed.slice(0, 50).map(({ path, reason }) => (
          <li key={path} className="flex flex-wrap gap-x-3">
            <span className="truncate">{path}</span>
            <span className="text-ink-2">{reason}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Counts down to the next try. */
function Away({ until }: { until: number | null }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, 500);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return (
    <span className="text-warn">
      {t("import.unreachable", {
        wait: t("chart.seconds", { count: Math.max(0, Math.ceil(((until ?? now) - now) / 1000)) }),
      })}
    </span>
  );
}
