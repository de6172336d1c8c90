import { useState } from "react";

import { reason } from "@/api/client";
import { useTestChannel } from "@/api/notices/notices";
import { useSwitchDevice, useThisDevice } from "@/api/notices/push";
import { hindranceOf, surroundings } from "@/lib/push";
import { Button } from "@/ui/controls/Button";
import { Check } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { t } from "./text";

const HINDRANCES = {
  insecure: "device.insecure",
  install: "device.install",
  unsupported: "device.unsupported",
  blocked: "device.blocked",
} as const;

/** Notifications in this browser: the person is asked for permission when they turn them on, and not before. */
export function ThisDevice() {
  const { data: channel = null, isPending } = useThisDevice();
  const change = useSwitchDevice();
  const test = useTestChannel();
  const [refused, setRefused] = useState(false);
  const hindrance = hindranceOf(surroundings());
  const why = hindrance ?? (refused ? "blocked" : null);
  return (
    <section className="card p-4">
      <h3 className="mb-1 font-semibold">{t("device.title")}</h3>
      <Check
        label={t("device.on")}
        checked={change.isPending ? change.variables : channel !== null}
        disabled={isPending || change.isPending || (hindrance !== null && channel === null)}
        onChange={({ target }) => {
          const wanted = target.checked;
          change.mutate(wanted, {
            onSuccess: (on) => {
              setRefused(wanted && !on);
              say(t(on ? "device.turned_on" : "device.turned_off"));
            },
          });
        }}
      />
      <p className="text-sm text-ink-2">{t("device.hint")}</p>
      {why !== null && channel === null && (
        <div className="mt-3">
          <Notice tone="warn">{t(HINDRANCES[why])}</Notice>
        </div>
      )}
      {change.isError && (
        <div role="alert" className="mt-3">
          <Notice tone="bad">{failure(change.error)}</Notice>
        </div>
      )}
      {channel !== null && (
        <div className="mt-3">
          <Button
            icon="bell"
            busy={test.isPending}
            onClick={() => {
              test.mutate(channel, {
                onSuccess: () => {
                  say(t("device.tested"));
                },
                onError: (error) => {
                  sayError(reason(error));
                },
              });
            }}
          >
            {t("device.test")}
          </Button>
        </div>
      )}
    </section>
  );
}

/** What the server refused in its words; what the browser did, such as where it has no push service, in ours. */
const failure = (error: Error): string => (error instanceof DOMException ? t("device.failed") : reason(error));
