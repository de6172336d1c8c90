import { reason } from "@/api/client";
import { usePreferences, useSession } from "@/api/session";
import { useBeginOidc, useLogins, useUnlink } from "@/api/signIn";
import { instant } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { Part } from "@/pages/settings/Part";
import { t } from "@/pages/settings/text";
import { Button } from "@/ui/controls/Button";
import { Failure, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";

/** The providers by which one may sign in to this account; nothing where the server has none. */
export function Logins() {
  const wish = usePreferences();
  const providers = useSession().data?.providers ?? [];
  const logins = useLogins();
  const [begin, unlink] = [useBeginOidc(), useUnlink()];
  const linked = logins.data?.items ?? [];
  if (providers.length === 0 && linked.length === 0) return null;
  return (
    <Part title={t("signin.links")} lead={t("signin.links_lead")}>
      {logins.isPending && (
        <Waiting>
          <div className="skeleton h-14" />
        </Waiting>
      )}
      {logins.isError && <Failure error={logins.error} retry={() => void logins.refetch()} />}
      {logins.isSuccess && linked.length === 0 && <p className="text-sm text-ink-2">{t("signin.links_none")}</p>}
      <ul className="divide-y divide-line border-y border-line empty:hidden">
        {linked.map((login) => (
          <li key={login.id} className="flex min-h-14 flex-wrap items-center gap-3 py-2">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{login.name}</span>
              <span className="label block truncate">
                {login.used_at === null
                  ? login.label
                  : t("signin.link_used", { label: login.label, when: instant(login.used_at, wish) })}
              </span>
            </span>
            <Button
              kind="danger"
              busy={unlink.isPending && unlink.variables === login.id}
              onClick={() => {
                unlink.mutate(login.id, {
                  onSuccess: () => {
                    say(t("signin.unlinked", { name: login.name }));
                  },
                  onError: (error) => {
                    sayError(reason(error));
                  },
                });
              }}
            >
              {t("signin.unlink")}
            </Button>
          </li>
        ))}
      </ul>
      <div className="mt-5 flex flex-wrap gap-2 empty:hidden">
        {providers
          .filter(({ key }) => !linked.some(({ provider }) => provider === key))
          .map(({ key, name }) => (
            <Button
              key={key}
              icon="plus"
              busy={begin.isPending && begin.variables.provider === key}
              onClick={() => {
                begin.mutate(
                  { provider: key, purpose: "link", back: routes.settings("account") },
                  {
                    onError: (error) => {
                      sayError(reason(error));
                    },
                  },
                );
              }}
            >
              {t("signin.link", { name })}
            </Button>
          ))}
      </div>
    </Part>
  );
}
