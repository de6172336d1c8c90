import { useState } from "react";

import { reason } from "@/api/client";
import { useChangeChannel, useTestChannel, type NoticeChannel, type NoticeWay } from "@/api/notices/notices";
import { useThisDevice } from "@/api/notices/push";
import { usePreferences } from "@/api/session";
import { soon } from "@/lib/dates";
import type { Preferences } from "@/lib/preferences";
import { Button } from "@/ui/controls/Button";
import { Empty, Notice } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { ConfirmAddress } from "./ConfirmAddress";
import { ChannelDialog } from "./ChannelDialog";
import { RemoveChannel } from "./RemoveChannel";
import { t } from "./text";

/** The channels that there are, each with its state, and the ways in which more can be added. */
export function Channels({ channels, ways }: { channels: NoticeChannel[]; ways: NoticeWay[] }) {
  const [adding, setAdding] = useState<NoticeWay | null>(null);
  const addable = ways.filter(({ by_device: byDevice }) => !byDevice);
  const add = (
    <div className="flex flex-wrap gap-2">
      {addable.map((way) => (
        <Button
          key={way.key}
          icon="plus"
          disabled={!way.ready}
          onClick={() => {
            setAdding(way);
          }}
        >
          {t("notify.add", { name: way.name })}
        </Button>
      ))}
    </div>
  );
  return (
    <section>
      <h3 className="mb-2 font-semibold">{t("notify.channels")}</h3>
      {channels.length === 0 ? (
        <Empty icon="bell" title={t("notify.none")} hint={t("notify.none_hint")}>
          {add}
        </Empty>
      ) : (
        <>
          <ul className="mb-4 flex flex-col gap-3">
            {channels.map((channel) => (
              <li key={channel.id}>
                <Channel channel={channel} way={ways.find(({ key }) => key === channel.way)} />
              </li>
            ))}
          </ul>
          {add}
        </>
      )}
      {ways.some(({ ready }) => !ready) && <p className="mt-2 text-sm text-ink-2">{t("notify.no_mail")}</p>}
      {adding && (
        <ChannelDialog
          way={adding}
          onClose={() => {
            setAdding(null);
          }}
        />
      )}
    </section>
  );
}

function stateWords(channel: NoticeChannel, wish: Preferences): string {
  const { paused, state, retry_at_ms: retry } = channel;
  if (channel.address_state === "unconfirmed") return t("notify.unconfirmed");
  if (paused) return t("notify.paused");
  if (state === "stopped") return t("notify.stopped");
  if (state === "backed_off" && retry !== null) return t("notify.retry", { when: soon(retry, wish) });
  return t("notify.ready");
}

function Channel({ channel, way }: { channel: NoticeChannel; way: NoticeWay | undefined }) {
  const wish = usePreferences();
  const { data: device } = useThisDevice();
  const change = useChangeChannel();
  const test = useTestChannel();
  const [open, setOpen] = useState<"change" | "remove" | null>(null);
  const { id, name, place, paused, state, sent_ms: sent } = channel;
  const bad = !paused && state !== "ready";
  const waits = channel.address_state === "unconfirmed";
  const onError = (error: unknown): void => {
    sayError(reason(error));
  };
  const close = (): void => {
    setOpen(null);
  };
  return (
    <article className="card p-4" data-channel={channel.way} data-state={paused ? "paused" : state}>
      <header className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h4 className="min-w-0 font-semibold break-words">
          {t("notify.to", { way: name, place })}
          {channel.id === device && <span className="label ml-2 font-normal">{t("device.this")}</span>}
        </h4>
        <p className={`text-sm ${bad ? "font-medium text-warn" : "text-ink-2"}`}>{stateWords(channel, wish)}</p>
      </header>
      {sent !== null && <p className="text-sm text-ink-2">{t("notify.sent", { when: soon(sent, wish) })}</p>}
      {bad && channel.reason !== null && (
        <div className="mt-3">
          <Notice tone={state === "stopped" ? "bad" : "warn"}>
            <span className="min-w-0 flex-1 break-words">{channel.reason}</span>
          </Notice>
        </div>
      )}
      {channel.way === "email" && channel.address_state !== "confirmed" && <ConfirmAddress channel={channel} />}
      <div className="mt-3 flex flex-wrap gap-2">
        <Button
          icon="bell"
          disabled={waits}
          busy={test.isPending}
          onClick={() => {
            test.mutate(id, {
              onSuccess: () => {
                say(t("notify.tested", { place }));
              },
              onError,
            });
          }}
        >
          {t("notify.test")}
        </Button>
        <Button
          icon="settings"
          disabled={way === undefined}
          onClick={() => {
            setOpen("change");
          }}
        >
          {t("notify.settings")}
        </Button>
        <Button
          icon={paused ? "play" : "pause"}
          busy={change.isPending}
          onClick={() => {
            change.mutate({ id, paused: !paused }, { onError });
          }}
        >
          {t(paused ? "notify.resume" : "notify.pause")}
        </Button>
        <Button
          kind="danger"
          onClick={() => {
            setOpen("remove");
          }}
        >
          {t("notify.remove")}
        </Button>
      </div>
      {open === "change" && way && <ChannelDialog way={way} channel={channel} onClose={close} />}
      {open === "remove" && <RemoveChannel channel={channel} onClose={close} />}
    </article>
  );
}
