import { Link } from "react-router";

import { reason } from "@/api/client";
import { useFollowRoute, usePlannedRoutes, useSessionRoute } from "@/api/coach/plannedRoutes";
import { useMayPlan, usePreferences } from "@/api/session";
import { routes } from "@/lib/routes";
import { span, told } from "@/lib/units";
import { Pick } from "@/ui/controls/Field";
import { sayError } from "@/ui/layout/Toasts";
import { Icon } from "@/ui/pictures/Icon";
import { t } from "./text";

/** The planned route that a session follows, with its time; another one may be picked. Nothing where there are none. */
export function SessionRoute({ session, pick = false }: { session: string; pick?: boolean }) {
  const wish = usePreferences();
  const mayPlan = useMayPlan();
  const { data } = useSessionRoute(session);
  const { data: every } = usePlannedRoutes(pick && mayPlan);
  const follow = useFollowRoute(session);
  const picks = pick && mayPlan && every !== undefined && every.items.length > 0;
  if (!data || (data.route === null && !picks)) return null;
  const { route, seconds } = data;
  return (
    <p className="mt-3 flex flex-wrap items-center gap-2 text-sm" data-testid="session-route">
      <Icon name="route" size={18} className="text-ink-3" />
      {picks ? (
        <>
          <span>{t("coach.route")}</span>
          <Pick
            name={t("coach.route")}
            value={route?.id ?? ""}
            className="max-w-56"
            onChange={(event) => {
              follow.mutate(event.target.value || null, {
                onError: (error) => {
                  sayError(reason(error));
                },
              });
            }}
          >
            <option value="">{t("coach.route_none")}</option>
            {every.items.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Pick>
        </>
      ) : null}
      {route && (
        <>
          <Link to={routes.plannedRoute(route.id)} className="font-medium text-accent underline underline-offset-4">
            {route.name}
          </Link>
          <span className="text-ink-2">
            {told("distance", route.length_m, wish)}
            {seconds !== null && `, ${t("coach.route_time", { time: span(seconds) })}`}
          </span>
        </>
      )}
    </p>
  );
}
