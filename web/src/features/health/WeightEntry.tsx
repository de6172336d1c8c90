import { useState, type FormEvent } from "react";

import { useAddEntry, useRemoveEntry } from "@/api/health";
import { reason } from "@/api/client";
import { usePreferences } from "@/api/session";
import { readNumber } from "@/lib/numbers";
import { scaleOf, told } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { say, sayError } from "@/ui/layout/Toasts";
import { t } from "./text";

/** Any weight, to show how one is typed, kg. */
const EXAMPLE_KG = 70.5;

/** One field for the weight of a day: type it and press Enter. */
export function WeightEntry({ day, last }: { day: string; last: number | null }) {
  const wish = usePreferences();
  const [typed, setTyped] = useState("");
  const add = useAddEntry();
  const remove = useRemoveEntry();
  const { unit, of, format } = scaleOf("weight", wish);
  const save = (event: FormEvent): void => {
    event.preventDefault();
    const shown = readNumber(typed);
    if (shown === null || Number.isNaN(shown)) {
      sayError(t("health.weight_bad", { example: format(of(last ?? EXAMPLE_KG)) }));
      return;
    }
    const value = shown / of(1);
    add.mutate(
      { kind: "weight_kg", value, day },
      {
        onSuccess: ({ id }) => {
          setTyped("");
          say(t("health.weight_saved", { weight: told("weight", value, wish) }), () => {
            remove.mutate(id);
          });
        },
        onError: (error) => {
          sayError(reason(error));
        },
      },
    );
  };
  const label = t("health.weight_label", { unit });
  return (
    <form onSubmit={save} className="flex items-center gap-2">
      <input
        aria-label={label}
        inputMode="decimal"
        placeholder={last === null ? label : format(of(last))}
        value={typed}
        className="touch w-32 rounded-lg border border-line bg-surface px-3 py-1.5 pointer-coarse:text-[16px]"
        onChange={(event) => {
          setTyped(event.target.value);
        }}
      />
      <span aria-hidden="true" className="text-ink-3">
        {unit}
      </span>
      <Button type="submit" kind="primary" busy={add.isPending}>
        {t("health.weight_save")}
      </Button>
    </form>
  );
}
