import { useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { useStateThreshold } from "@/api/numbers";
import { usePreferences } from "@/api/session";
import type { ThresholdInfo } from "@/api/types";
import {
  readThreshold,
  thresholdBounds,
  thresholdChoices,
  thresholdName,
  thresholdScale,
  thresholdText,
  thresholdTyped,
} from "@/lib/activity/thresholds";
import { familyName } from "@/lib/charts/frames";
import { today } from "@/lib/dates";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { SelectField, TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { say } from "@/ui/layout/Toasts";
import { t } from "./text";

const FAMILIES = ["ride", "run", "walk", "swim", "row", "ski"];
/** The sport that a threshold is mostly of. */
const FIRST: Record<string, string> = {
  ftp_w: "ride",
  cp_w: "ride",
  w_prime_j: "ride",
  threshold_speed_mps: "run",
  css_mps: "swim",
};

/** State a threshold from a day on, in the athlete's units. */
export function ThresholdDialog({ info, onClose }: { info: ThresholdInfo; onClose: () => void }) {
  const wish = usePreferences();
  const state = useStateThreshold();
  const choices = thresholdChoices(info.key);
  const name = thresholdName(info.key, info.name);
  const [family, setFamily] = useState(() =>
    info.by_sport ? (Object.keys(info.now)[0] ?? FIRST[info.key] ?? "") : "",
  );
  const [from, setFrom] = useState(() => today(wish.zone));
  const scale = thresholdScale(info.key, info.unit, family, wish);
  const held = info.now[family] ?? info.now[""];
  const [typed, setTyped] = useState(() =>
    held === undefined ? (choices ? "0" : "") : choices ? String(held) : thresholdTyped(scale, held),
  );
  const [wrong, setWrong] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const value = choices ? Number(typed) : readThreshold(typed, scale);
    const bad = value === null || value < info.low || value > info.high;
    setWrong(bad);
    if (bad) return;
    state.mutate(
      { key: info.key, value, valid_from: from, family },
      {
        onSuccess: () => {
          say(t("thresholds.saved", { what: name, value: thresholdText(info.key, info.unit, value, family, wish) }));
          onClose();
        },
      },
    );
  };
  const bounds = thresholdBounds(info.key, info.unit, info.low, info.high, family, wish);
  return (
    <Dialog title={name} onClose={onClose}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        {state.isError && (
          <div role="alert">
            <Notice tone="bad">{reason(state.error)}</Notice>
          </div>
        )}
        {choices ? (
          <SelectField
            label={t("thresholds.choice")}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
            }}
          >
            {choices.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </SelectField>
        ) : (
          <TextField
            label={scale.unit === "" ? t("thresholds.choice") : t("thresholds.value", { unit: scale.unit })}
            value={typed}
            autoFocus
            inputMode={scale.pace ? "text" : "decimal"}
            hint={scale.pace ? t("thresholds.hint_pace") : bounds}
            error={wrong ? t("thresholds.bad", { bounds }) : undefined}
            onChange={(event) => {
              setTyped(event.target.value);
            }}
          />
        )}
        <div className="grid grid-cols-2 gap-4">
          <TextField
            label={t("thresholds.from")}
            type="date"
            value={from}
            onChange={(event) => {
              setFrom(event.target.value);
            }}
          />
          {info.by_sport && (
            <SelectField
              label={t("thresholds.for")}
              value={family}
              onChange={(event) => {
                setFamily(event.target.value);
              }}
            >
              <option value="">{t("thresholds.all_sports")}</option>
              {FAMILIES.map((one) => (
                <option key={one} value={one}>
                  {familyName(one)}
                </option>
              ))}
            </SelectField>
          )}
        </div>
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" kind="primary" busy={state.isPending}>
            {t("app.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
