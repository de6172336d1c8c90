import { reason } from "@/api/client";
import { usePreferences } from "@/api/session";
import type { Invitation } from "@/api/types";
import { instant } from "@/lib/dates";
import { Button } from "@/ui/controls/Button";
import { say, sayError } from "@/ui/layout/Toasts";
import { GROUP_NAMES, NAMES } from "./roles";
import { t } from "./text";

/** The invitations that can still be accepted; each can be taken back. */
export function Invitations({
  items,
  revoke,
}: {
  items: Invitation[];
  revoke: {
    isPending: boolean;
    variables: string | undefined;
    mutate: (id: string, then: { onSuccess: () => void; onError: (error: unknown) => void }) => void;
  };
}) {
  const wish = usePreferences();
  if (items.length === 0) return null;
  return (
    <>
      <h3 className="mt-6 font-semibold">{t("invite.waiting")}</h3>
      <ul className="mt-2 divide-y divide-line border-y border-line">
        {items.map((one) => {
          const { id, name } = one;
          return (
            <li key={id} className="flex min-h-14 flex-wrap items-center gap-3 py-2">
              <span className="min-w-40 flex-1">
                <span className="block truncate font-medium">{name}</span>
                <span className="block text-sm text-ink-2">{saidOf(one, instant(one.until, wish))}</span>
              </span>
              <Button
                kind="danger"
                busy={revoke.isPending && revoke.variables === id}
                onClick={() => {
                  revoke.mutate(id, {
                    onSuccess: () => {
                      say(t("invite.revoked"));
                    },
                    onError: (error) => {
                      sayError(reason(error));
                    },
                  });
                }}
              >
                {t("invite.revoke")}
              </Button>
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** To what an invitation is, and until when. */
function saidOf({ role, group_role, many }: Invitation, day: string): string {
  if (many) return t("invite.many", { day });
  if (group_role !== null) return t("invite.until", { role: t(GROUP_NAMES[group_role]), day });
  return role === null ? t("invite.account_until", { day }) : t("invite.until", { role: t(NAMES[role]), day });
}
