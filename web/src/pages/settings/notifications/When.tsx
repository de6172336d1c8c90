import { useState } from "react";

import { useChangeWishes, type NoticeWishes } from "@/api/notices/notices";
import { reason } from "@/api/client";
import { Button } from "@/ui/controls/Button";
import { Check, Segmented, TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { say } from "@/ui/layout/Toasts";
import { clock, minutes } from "./hours";
import { t } from "./text";

const NIGHT = { from: "22:00", until: "07:00" };

/** As it comes or in a digest, quiet hours, and whether messages hold health values. */
export function When({ wishes }: { wishes: NoticeWishes }) {
  const change = useChangeWishes();
  const set = wishes.quiet_from !== null && wishes.quiet_until !== null;
  const [quiet, setQuiet] = useState(set);
  const [from, setFrom] = useState(clock(wishes.quiet_from) ?? NIGHT.from);
  const [until, setUntil] = useState(clock(wishes.quiet_until) ?? NIGHT.until);
  const [digest, setDigest] = useState(wishes.digest);
  const [health, setHealth] = useState(wishes.health_values);
  const save = (): void => {
    const hours = quiet ? { quiet_from: minutes(from), quiet_until: minutes(until) } : NONE;
    change.mutate(
      { ...hours, digest, health_values: health },
      {
        onSuccess: () => {
          say(t("notify.saved"));
        },
      },
    );
  };
  return (
    <section className="flex flex-col gap-4">
      <h3 className="font-semibold">{t("notify.when")}</h3>
      <div>
        <Segmented
          name={t("notify.digest")}
          value={digest}
          options={[
            { value: "off", label: t("notify.digest_off") },
            { value: "daily", label: t("notify.digest_daily") },
            { value: "weekly", label: t("notify.digest_weekly") },
          ]}
          onChange={setDigest}
        />
        <p className="mt-1 text-sm text-ink-2">{t("notify.digest_hint")}</p>
      </div>
      <div>
        <Check
          label={t("notify.quiet")}
          checked={quiet}
          onChange={({ target }) => {
            setQuiet(target.checked);
          }}
        />
        {quiet && (
          <div className="mt-1 grid max-w-sm grid-cols-2 gap-3">
            <TextField
              type="time"
              label={t("notify.quiet_from")}
              value={from}
              onChange={({ target }) => {
                setFrom(target.value);
              }}
            />
            <TextField
              type="time"
              label={t("notify.quiet_until")}
              value={until}
              onChange={({ target }) => {
                setUntil(target.value);
              }}
            />
          </div>
        )}
        <p className="mt-1 text-sm text-ink-2">{t("notify.quiet_hint", { zone: wishes.zone })}</p>
      </div>
      <div>
        <Check
          label={t("notify.health")}
          checked={health}
          onChange={({ target }) => {
            setHealth(target.checked);
          }}
        />
        <p className="text-sm text-ink-2">{t("notify.health_hint")}</p>
      </div>
      {change.isError && (
        <div role="alert">
          <Notice tone="bad">{reason(change.error)}</Notice>
        </div>
      )}
      <div>
        <Button kind="primary" busy={change.isPending} onClick={save}>
          {t("notify.save")}
        </Button>
      </div>
    </section>
  );
}

const NONE = { quiet_from: null, quiet_until: null };
