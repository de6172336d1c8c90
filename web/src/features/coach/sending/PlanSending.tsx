import { useState } from "react";
import { Link } from "react-router";

import { useSending, type Sending } from "@/api/coach/sending";
import { useMayEdit, useMayOwn } from "@/api/session";
import { routes } from "@/lib/routes";
import { decimal } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { Section } from "@/ui/layout/Page";
import { t } from "@/features/coach/text";
import { SendDialog } from "./SendDialog";
import { changes } from "./states";

const DAYS = 7;

/** What of the next days is on devices and in calendars, and the way to send it there. */
export function PlanSending() {
  const mayEdit = useMayEdit();
  const mayOwn = useMayOwn();
  const [open, setOpen] = useState(false);
  const { data } = useSending(DAYS, mayEdit);
  if (!data || data.plan === null) return null;
  const updates = data.items.filter((one) => one.sent !== null && changes(one)).length;
  return (
    <Section title={t("send.section")} id="sending">
      <div className="card flex flex-wrap items-center gap-x-4 gap-y-3 px-4 py-3">
        <div className="min-w-0 flex-1 basis-60">
          {data.targets.length === 0 ? (
            <p className="text-ink-2">
              {t("send.none")}{" "}
              <Link to={routes.sources} className="font-medium text-accent underline">
                {t("send.connect")}
              </Link>
            </p>
          ) : (
            <Targets sending={data} />
          )}
          {mayOwn && (
            <Link to={routes.settings("calendar")} className="text-sm font-medium text-accent underline">
              {t("send.calendar")}
            </Link>
          )}
        </div>
        {data.targets.length > 0 && (
          <Button
            kind={updates > 0 ? "primary" : "plain"}
            icon="out"
            onClick={() => {
              setOpen(true);
            }}
          >
            {t(updates > 0 ? "send.update" : "send.open")}
          </Button>
        )}
      </div>
      {open && (
        <SendDialog
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </Section>
  );
}

function Targets({ sending: { targets, items } }: { sending: Sending }) {
  return (
    <ul>
      {targets.map(({ connection, name }) => {
        const mine = items.filter((one) => one.connection === connection);
        const different = mine.filter((one) => one.sent !== null && changes(one)).length;
        const there = mine.filter((one) => one.state === "same").length;
        const total = mine.filter((one) => one.state !== "removed").length;
        return (
          <li key={connection}>
            {t("send.there", { name, there: decimal(there), total: decimal(total) })}
            {different > 0 && (
              <span className="font-medium text-warn"> {t("send.differ", { count: decimal(different) })}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
