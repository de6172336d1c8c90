import { useState } from "react";
import { Link } from "react-router";

import { useRefuseRecord } from "@/api/activities/activities";
import { reason } from "@/api/client";
import { useMayEdit, usePreferences } from "@/api/session";
import type { RecordChange, Records } from "@/api/types";
import { quantityName } from "@/lib/activity/records";
import { day } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { say, sayError } from "@/ui/layout/Toasts";
import { many, t } from "./text";

/** How much is left out of the records that are shown, as a quiet line; what that is, and the way back, on a press. */
export function LeftOut({ refused }: { refused: Records["refused"] }) {
  const [open, setOpen] = useState(false);
  if (refused.length === 0) return null;
  return (
    <>
      <Button
        kind="quiet"
        icon="flag"
        className="ml-auto"
        onClick={() => {
          setOpen(true);
        }}
      >
        {many("records.left_out", refused.length)}
      </Button>
      {open && (
        <List
          refused={refused}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

function List({ refused, onClose }: { refused: Records["refused"]; onClose: () => void }) {
  const wish = usePreferences();
  const mayEdit = useMayEdit();
  const accept = useRefuseRecord();
  return (
    <Dialog title={t("records.left_out_title")} onClose={onClose}>
      <p className="text-sm text-ink-2">{t("records.left_out_hint")}</p>
      <ul className="mt-3 divide-y divide-line" data-testid="left-out">
        {refused.map(({ activity, name, day: when, quantity }) => (
          <li key={`${activity} ${quantity}`} className="flex items-center gap-3 py-2">
            <Link to={routes.activity(activity)} className="touch min-w-0 flex-1 underline-offset-4 hover:underline">
              <span className="block font-medium">{quantityName(quantity)}</span>
              <span className="label block truncate">{[day(when, wish, "plain"), name].join(" · ")}</span>
            </Link>
            {mayEdit && (
              <Button
                busy={
                  accept.isPending && accept.variables.activity === activity && accept.variables.quantity === quantity
                }
                onClick={() => {
                  accept.mutate(
                    { activity, quantity: quantity as RecordChange["quantity"], refused: false },
                    {
                      onSuccess: () => {
                        say(t("records.accepted", { what: quantityName(quantity), name }));
                      },
                      onError: (error) => {
                        sayError(reason(error));
                      },
                    },
                  );
                }}
              >
                {t("records.accept")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
