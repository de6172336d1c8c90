import { useEffect } from "react";

import { usePreferences } from "@/api/session";
import { shifted, today } from "@/lib/dates";
import { Button, IconButton } from "@/ui/controls/Button";
import { taken } from "@/ui/hooks/keys";
import { t } from "./text";

const DAY = /^(19|20|21)\d{2}-\d{2}-\d{2}$/;
/** The first day that can be asked for. */
const FIRST = "1990-01-01";

/** The day that an address names; today where it names none. */
export function useDayOf(named: string): string {
  const now = today(usePreferences().zone);
  return DAY.test(named) && !Number.isNaN(Date.parse(named)) ? named : now;
}

/** Which day is shown: the one before and after by its buttons and the arrow keys, any other by its date. */
export function DayBar({ day, onDay }: { day: string; onDay: (day: string) => void }) {
  const now = today(usePreferences().zone);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (step === undefined || event.shiftKey || taken(event)) return;
      const next = shifted(day, step);
      if (next <= now) onDay(next);
    };
    addEventListener("keydown", press);
    return () => {
      removeEventListener("keydown", press);
    };
  }, [day, now, onDay]);
  return (
    <div className="flex items-center gap-1">
      <IconButton
        name={t("health.before")}
        icon="left"
        onClick={() => {
          onDay(shifted(day, -1));
        }}
      />
      <input
        type="date"
        aria-label={t("health.day")}
        value={day}
        min={FIRST}
        max={now}
        className="touch rounded-lg border border-line bg-surface px-2 py-1.5 text-sm hover:border-line-strong"
        onChange={(event) => {
          if (event.target.value !== "") onDay(event.target.value);
        }}
      />
      <IconButton
        name={t("health.after")}
        icon="right"
        disabled={day >= now}
        onClick={() => {
          onDay(shifted(day, 1));
        }}
      />
      {day !== now && (
        <Button
          kind="quiet"
          onClick={() => {
            onDay(now);
          }}
        >
          {t("health.today")}
        </Button>
      )}
    </div>
  );
}
