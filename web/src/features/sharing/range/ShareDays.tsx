import { useState } from "react";

import { usePreferences } from "@/api/session";
import { ShareDialog } from "@/features/sharing/ShareDialog";
import { shifted, today, weekStart } from "@/lib/dates";
import type { Preferences } from "@/lib/preferences";
import { t } from "@/features/sharing/text";
import { Button } from "@/ui/controls/Button";
import { TextField } from "@/ui/controls/Field";

interface Days {
  from: string;
  to: string;
}

const WEEK_DAYS = 6;
const ENDS = ["week", "month", "year"] as const;
const NAMES = { week: "range.week", month: "range.month", year: "range.year" } as const;

/** Begins to share days by a link. */
export function ShareDays() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        icon="calendar"
        onClick={() => {
          setOpen(true);
        }}
      >
        {t("range.share")}
      </Button>
      {open && (
        <RangeDialog
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

/** Shares the activities of a week, a month, a year, or of days of one's own choice by a link. */
function RangeDialog({ onClose }: { onClose: () => void }) {
  const wish = usePreferences();
  const [days, setDays] = useState<Days>(() => daysOf("month", wish));
  const set = (changed: Partial<Days>): void => {
    const next = { ...days, ...changed };
    // A day that is being typed is none yet; of two days the first one comes first.
    if (next.from === "" || next.to === "") return;
    setDays(next.from <= next.to ? next : { from: changed.from ?? next.to, to: changed.from ?? next.to });
  };
  return (
    <ShareDialog subject={{ kind: "range", id: `${days.from}..${days.to}` }} onClose={onClose}>
      <div className="mb-5 flex flex-wrap items-end gap-3">
        <TextField
          label={t("range.from")}
          type="date"
          value={days.from}
          onChange={({ target }) => {
            set({ from: target.value });
          }}
        />
        <TextField
          label={t("range.to")}
          type="date"
          value={days.to}
          onChange={({ target }) => {
            set({ to: target.value });
          }}
        />
        {ENDS.map((end) => (
          <Button
            key={end}
            onClick={() => {
              setDays(daysOf(end, wish));
            }}
          >
            {t(NAMES[end])}
          </Button>
        ))}
      </div>
      <p className="mb-4 max-w-prose text-sm text-ink-2">{t("range.later")}</p>
    </ShareDialog>
  );
}

/** The week, the month or the year of today. */
function daysOf(what: (typeof ENDS)[number], wish: Preferences): Days {
  const now = today(wish.zone);
  const year = now.slice(0, 4);
  if (what === "year") return { from: `${year}-01-01`, to: `${year}-12-31` };
  if (what === "week") {
    const from = weekStart(now, wish.week_start);
    return { from, to: shifted(from, WEEK_DAYS) };
  }
  const from = `${now.slice(0, 7)}-01`;
  const next = `${shifted(from, 31).slice(0, 7)}-01`;
  return { from, to: shifted(next, -1) };
}
