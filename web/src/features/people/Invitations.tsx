import { reason } from "@/api/client";
import { usePreferences } from "@/api/session";
import type { Invitation } from "@/api/types";
import { instant } from "@/lib/dates";
import { Button } from "@/ui/controls/Button";
import { say, sayError } from "@/ui/layout/Toasts";
import { NAMES } from "./roles";
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
        {items.map(({ id, name, role, until }) => (
          <li key={id} className="flex min-h-14 flex-wrap items-center gap-3 py-2">
            <span className="min-w-40 flex-1">
              <span className="block truncate font-medium">{name}</span>
              <span className="block text-sm text-ink-2">
                {role === null
                  ? t("invite.account_until", { day: instant(until, wish) })
                  : t("invite.until", { role: t(NAMES[role]), day: instant(until, wish) })}
              </span>
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
        ))}
      </ul>
    </>
  );
}
