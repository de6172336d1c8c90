import { useState } from "react";

import { reason } from "@/api/client";
import { useCalendarFeed, useMakeCalendar, useRemoveCalendar } from "@/api/coach/sending";
import { usePreferences } from "@/api/session";
import { instant } from "@/lib/dates";
import { Copied } from "@/pages/settings/models/Copied";
import { Part } from "@/pages/settings/Part";
import { t } from "@/pages/settings/text";
import { Button } from "@/ui/controls/Button";
import { Check } from "@/ui/controls/Field";
import { Failure, Notice, Waiting } from "@/ui/layout/States";

/** The secret address at which calendar programs find the plan in force. */
export function CalendarPart() {
  const wish = usePreferences();
  const feed = useCalendarFeed();
  const make = useMakeCalendar();
  const remove = useRemoveCalendar();
  const [notes, setNotes] = useState(false);
  const error = make.error ?? remove.error;
  const path = make.data?.path ?? null;
  const made = feed.data?.made ?? null;
  return (
    <Part title={t("settings.calendar")} lead={t("settings.calendar_lead")}>
      {feed.isPending && (
        <Waiting>
          <div className="skeleton h-24" />
        </Waiting>
      )}
      {feed.isError && <Failure error={feed.error} retry={() => void feed.refetch()} />}
      {feed.data && (
        <div className="space-y-4">
          <p className="text-sm">
            {made === null
              ? t("settings.calendar_none")
              : t(feed.data.notes ? "settings.calendar_since_notes" : "settings.calendar_since", {
                  day: instant(made, wish),
                })}
          </p>
          {path !== null && made !== null && (
            <div role="status">
              <p className="text-sm">{t("settings.calendar_once")}</p>
              <Copied text={`${location.origin}${path}`} id="calendar-address" />
            </div>
          )}
          <Check
            label={t("settings.calendar_notes")}
            checked={notes}
            onChange={({ target }) => {
              setNotes(target.checked);
            }}
          />
          <div className="flex flex-wrap gap-2">
            <Button
              kind="primary"
              busy={make.isPending}
              onClick={() => {
                make.mutate(notes);
              }}
            >
              {t(made === null ? "settings.calendar_make" : "settings.calendar_new")}
            </Button>
            {made !== null && (
              <Button
                busy={remove.isPending}
                onClick={() => {
                  remove.mutate(undefined, {
                    onSuccess: () => {
                      make.reset();
                    },
                  });
                }}
              >
                {t("settings.calendar_remove")}
              </Button>
            )}
          </div>
          {made !== null && <p className="text-sm text-ink-2">{t("settings.calendar_replaces")}</p>}
          {error && (
            <div role="alert">
              <Notice tone="bad">{reason(error)}</Notice>
            </div>
          )}
        </div>
      )}
    </Part>
  );
}
