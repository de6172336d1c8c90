import { useState } from "react";

import { useSending } from "@/api/coach/sending";
import { useMayEdit, usePreferences } from "@/api/session";
import { instant } from "@/lib/dates";
import { Button } from "@/ui/controls/Button";
import { t } from "@/features/coach/text";
import { SendDialog } from "./SendDialog";
import { stateWords } from "./SendRow";
import { changes } from "./states";

/** Where a session of the plan in force is already, and the way to send it; nothing where nothing takes sessions. */
export function SessionSending({ session }: { session: string }) {
  const wish = usePreferences();
  const mayEdit = useMayEdit();
  const [open, setOpen] = useState(false);
  const { data } = useSending(null, mayEdit);
  const items = data?.items.filter((one) => one.session === session) ?? [];
  if (items.length === 0) return null;
  const names = new Map(data?.targets.map(({ connection, name }) => [connection, name]));
  const updates = items.some((one) => one.sent !== null && changes(one));
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
      {items.map((one) => (
        <span
          key={one.connection}
          className={`text-sm ${one.sent !== null && changes(one) ? "text-warn" : "text-ink-2"}`}
        >
          {one.sent === null
            ? t("send.where_state", { name: names.get(one.connection) ?? "", state: stateWords(one) })
            : t(changes(one) ? "send.where_changed" : "send.where_since", {
                name: names.get(one.connection) ?? "",
                day: instant(one.sent, wish),
              })}
        </span>
      ))}
      {items.some(changes) && (
        <Button
          icon="out"
          onClick={() => {
            setOpen(true);
          }}
        >
          {t(updates ? "send.update" : "send.open")}
        </Button>
      )}
      {open && (
        <SendDialog
          session={session}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </div>
  );
}
