import { useState } from "react";

import { reason } from "@/api/client";
import { usePreferences } from "@/api/session";
import { useChangeSink, useCheckSink, usePushSink, type Sink, type SinkKind } from "@/api/sinks";
import { soon } from "@/lib/dates";
import type { Preferences } from "@/lib/preferences";
import { decimal } from "@/lib/units";
import { many, t } from "@/pages/settings/text";
import { Button } from "@/ui/controls/Button";
import { Notice } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { ChangeSink } from "./ChangeSink";
import { Checked } from "./Checked";
import { RemoveSink } from "./RemoveSink";

/** How a sink is, in words. */
function stateWords(sink: Sink, wish: Preferences): string {
  const { state, pending_days: left, pushed_at: pushed, retry_at: retry } = sink;
  switch (state) {
    case "paused":
      return t("sinks.paused");
    case "fetched":
      return t("sinks.fetched");
    case "stopped":
      return t("sinks.stopped");
    case "backed_off":
      return retry === null ? t("sinks.waits") : t("sinks.retry", { when: soon(Date.parse(retry), wish) });
    case "ready":
      if (left > 0) return many("sinks.behind", left, decimal(left));
      return pushed === null ? t("sinks.first") : t("sinks.up_to_date");
  }
}

/** A sink: where it is, how far it is, and what can be done with it. */
export function SinkCard({ sink, kind }: { sink: Sink; kind: SinkKind | undefined }) {
  const wish = usePreferences();
  const change = useChangeSink();
  const check = useCheckSink();
  const push = usePushSink();
  const [open, setOpen] = useState<"change" | "remove" | null>(null);
  const { id, name, state, settings, pushed_at: pushed } = sink;
  const onError = (error: unknown): void => {
    sayError(reason(error));
  };
  const pause = (): void => {
    const paused = state !== "paused";
    change.mutate(
      { id, paused },
      {
        onSuccess: () => {
          say(t(paused ? "sinks.now_paused" : "sinks.now_resumed", { name }));
        },
        onError,
      },
    );
  };
  const bad = state === "stopped" || state === "backed_off";
  const details = [
    settings.url ?? "",
    t("sinks.label", { user: sink.user }),
    many("sinks.count", sink.kinds.length, decimal(sink.kinds.length)),
    pushed === null ? "" : t("sinks.pushed", { when: soon(Date.parse(pushed), wish) }),
    sink.samples_sent > 0 ? many("sinks.samples", sink.samples_sent, decimal(sink.samples_sent)) : "",
  ];
  return (
    <article className="card p-4" data-sink={sink.sink} data-state={state}>
      <header className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="font-semibold">{name}</h3>
        <p className={`text-sm ${bad ? "font-medium text-warn" : "text-ink-2"}`}>{stateWords(sink, wish)}</p>
      </header>
      <p className="text-sm break-words text-ink-2">{details.filter((one) => one !== "").join(" · ")}</p>
      {sink.reason !== null && bad && (
        <div className="mt-3">
          <Notice tone={state === "stopped" ? "bad" : "warn"}>
            <span className="min-w-0 flex-1 break-words">{sink.reason}</span>
          </Notice>
        </div>
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        {state !== "fetched" && (
          <>
            <Button
              icon="compare"
              busy={check.isPending}
              onClick={() => {
                check.mutate(id, { onError });
              }}
            >
              {t("sinks.check")}
            </Button>
            <Button
              icon="sync"
              busy={push.isPending}
              disabled={state === "paused"}
              onClick={() => {
                push.mutate(id, {
                  onSuccess: () => {
                    say(t("sinks.pushing"));
                  },
                  onError,
                });
              }}
            >
              {t("sinks.push")}
            </Button>
          </>
        )}
        <Button
          icon="settings"
          aria-label={t("sinks.settings_of", { name })}
          disabled={kind === undefined}
          onClick={() => {
            setOpen("change");
          }}
        >
          {t("sinks.settings")}
        </Button>
        <Button icon={state === "paused" ? "play" : "pause"} busy={change.isPending} onClick={pause}>
          {t(state === "paused" ? "sinks.resume" : "sinks.pause")}
        </Button>
        <Button
          kind="danger"
          aria-label={t("sinks.remove_of", { name })}
          onClick={() => {
            setOpen("remove");
          }}
        >
          {t("sinks.remove")}
        </Button>
      </div>
      {check.data && <Checked check={check.data} />}
      {open === "change" && kind && (
        <ChangeSink
          sink={sink}
          kind={kind}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
      {open === "remove" && (
        <RemoveSink
          sink={sink}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
    </article>
  );
}
