import { useState } from "react";

import { reason } from "@/api/client";
import { useLinkSession, type PlannedSession, type PlanToday } from "@/api/coach/plans";
import { useMayPlan, usePreferences } from "@/api/session";
import { SessionSending } from "@/features/coach/sending/SessionSending";
import { SessionRoute } from "@/features/coach/SessionRoute";
import { SessionFacts } from "@/features/coach/SessionFacts";
import { SessionProfile } from "@/features/coach/SessionProfile";
import { day as dayWords } from "@/lib/dates";
import { Button } from "@/ui/controls/Button";
import { Menu, MenuItem } from "@/ui/controls/Menu";
import { say, sayError } from "@/ui/layout/Toasts";
import { t } from "./text";

/** What is planned for today, why, and how to skip it; or what comes next. */
export function Today({ today }: { today: PlanToday }) {
  const wish = usePreferences();
  const sessions = today.sessions.filter(({ date }) => date === today.day);
  const { next } = today;
  return (
    <section aria-labelledby="today" className="card p-4 md:p-5">
      <h2 id="today" className="label">
        {t("today.title")}
      </h2>
      {sessions.length === 0 && (
        <p className="mt-1 text-lg">
          {t("today.rest")}{" "}
          <span className="text-ink-2">
            {next ? t("today.next", { title: next.title, day: dayWords(next.date, wish, "short") }) : t("today.over")}
          </span>
        </p>
      )}
      <ul className="flex flex-col gap-5">
        {sessions.map((session) => (
          <li key={session.id} className="mt-1">
            <SessionFacts session={session} large />
            <SessionRoute session={session.id} />
            <SessionProfile session={session.id} />
            <SessionSending session={session.id} />
            <SessionActs session={session} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const REASONS = () => [
  t("today.skip_busy"),
  t("today.skip_tired"),
  t("today.skip_ill"),
  t("today.skip_weather"),
  t("today.skip_other"),
];

function SessionActs({ session }: { session: PlannedSession }) {
  const mayPlan = useMayPlan();
  const link = useLinkSession();
  const [reasons] = useState(REASONS);
  if (!mayPlan || session.state === "done") return null;
  const skip = (skipped: string | null): void => {
    link.mutate(
      { session: session.id, activity: null, skipped },
      {
        onSuccess: () => {
          if (skipped === null) return;
          say(t("today.skipped", { title: session.title }), () => {
            skip(null);
          });
        },
        onError: (error) => {
          sayError(reason(error));
        },
      },
    );
  };
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      {session.state === "skipped" ? (
        <Button
          icon="undo"
          busy={link.isPending}
          onClick={() => {
            skip(null);
          }}
        >
          {t("today.unskip")}
        </Button>
      ) : (
        <Menu button={(wiring) => <Button {...wiring}>{t("today.skip")}</Button>}>
          {reasons.map((words) => (
            <MenuItem
              key={words}
              icon="minus"
              onClick={() => {
                skip(words);
              }}
            >
              {words}
            </MenuItem>
          ))}
        </Menu>
      )}
    </div>
  );
}
