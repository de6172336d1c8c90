import { reason } from "@/api/client";
import { usePreferences } from "@/api/session";
import { useEndSession, useSessions, type SessionEntry } from "@/api/signIn";
import { instant } from "@/lib/dates";
import type { Preferences } from "@/lib/preferences";
import { Part } from "@/pages/settings/Part";
import { t } from "@/pages/settings/text";
import { Button } from "@/ui/controls/Button";
import { Failure, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { t as accountText } from "./text";

/** Where one is signed in; each can be ended. */
export function Sessions() {
  const wish = usePreferences();
  const sessions = useSessions();
  const end = useEndSession();
  const go = (device: string | null): void => {
    end.mutate(device, {
      onSuccess: () => {
        say(t("sessions.ended"));
      },
      onError: (error) => {
        sayError(reason(error));
      },
    });
  };
  const items = sessions.data?.items ?? [];
  return (
    <Part title={t("sessions.title")} lead={t("sessions.lead")}>
      {sessions.isPending && (
        <Waiting>
          <div className="skeleton h-14" />
        </Waiting>
      )}
      {sessions.isError && <Failure error={sessions.error} retry={() => void sessions.refetch()} />}
      <ul className="divide-y divide-line border-y border-line empty:hidden">
        {items.map((session) => (
          <li key={session.id} className="flex min-h-14 flex-wrap items-center gap-3 py-2">
            <span className="min-w-0 flex-1">
              <span className="block font-medium">
                {session.device === "" ? t("sessions.unknown") : session.device}
                {session.current && <span className="label ml-2 font-normal">{t("sessions.this")}</span>}
              </span>
              <span className="label block">{about(session, wish)}</span>
            </span>
            {!session.current && (
              <Button
                kind="danger"
                busy={end.isPending && end.variables === session.id}
                onClick={() => {
                  go(session.id);
                }}
              >
                {t("sessions.end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {items.length > 1 && (
        <Button
          className="mt-5"
          busy={end.isPending && end.variables === null}
          onClick={() => {
            go(null);
          }}
        >
          {t("sessions.end_others")}
        </Button>
      )}
    </Part>
  );
}

function about(session: SessionEntry, wish: Preferences): string {
  const own = {
    password: accountText("sessions.by_password"),
    passkey: accountText("sessions.by_passkey"),
    proxy: accountText("sessions.by_proxy"),
  };
  const by = session.by in own ? own[session.by as keyof typeof own] : t("sessions.by", { name: session.by });
  const seen = t("sessions.seen", { when: instant(session.seen_at, wish) });
  return [by, session.address, t("sessions.since", { when: instant(session.created_at, wish) }), seen]
    .filter((part) => part !== "")
    .join(" · ");
}
