import { useSyncExternalStore } from "react";

import { reason } from "@/api/client";
import { lookAt, useAthlete, useMayOwn, usePreferences, useSession } from "@/api/session";
import { useRemoveDemo } from "@/api/sources/batches";
import { t } from "@/app/text";
import { clock, day } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { Button, ButtonLink } from "@/ui/controls/Button";
import { sayError } from "@/ui/layout/Toasts";
import { Icon } from "@/ui/pictures/Icon";

function subscribe(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}

/** Says that this device is offline, or that the demo athlete is shown; without either it takes no room. */
export function Banner() {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  const athlete = useAthlete();
  const athletes = useSession().data?.athletes ?? [];
  const since = useSince();
  return (
    <div role="status">
      {athlete?.demo && <DemoLine name={athlete.name} />}
      {athlete && !athlete.demo && athlete.id !== athletes[0]?.id && <OtherLine name={athlete.name} />}
      {(!online || since !== null) && (
        <p className="flex items-center justify-center gap-2 bg-warn-soft px-4 py-2 text-sm">
          <Icon name="offline" size={18} className="text-warn" />
          {since === null ? t("app.offline") : t("app.offline_since", { time: since })}
        </p>
      )}
    </div>
  );
}

/** Of when what is shown is, where it is what this device kept: the server has not answered since the page opened. */
function useSince(): string | null {
  const { dataUpdatedAt } = useSession();
  const wish = usePreferences();
  if (dataUpdatedAt >= performance.timeOrigin) return null;
  const local = new Date(dataUpdatedAt - new Date().getTimezoneOffset() * 60_000).toISOString();
  return `${day(local, wish, "short")}, ${clock(local, wish)}`;
}

/** Says whose data is shown, where it is not that of one's first athlete. */
function OtherLine({ name }: { name: string }) {
  return (
    <div
      data-testid="other-banner"
      className="flex flex-wrap items-center justify-center gap-x-3 bg-accent-soft px-4 py-1 text-sm"
    >
      <span className="flex items-center gap-2 font-medium text-accent">
        <Icon name="people" size={18} />
        {name}
      </span>
      <ButtonLink kind="quiet" to={routes.athletes}>
        {t("athletes.all")}
      </ButtonLink>
    </div>
  );
}

function DemoLine({ name }: { name: string }) {
  const remove = useRemoveDemo();
  const mayOwn = useMayOwn();
  return (
    <div
      data-testid="demo-banner"
      className="flex flex-wrap items-center justify-center gap-x-3 bg-accent-soft px-4 py-1 text-sm"
    >
      <span className="flex items-center gap-2 font-medium text-accent">
        <Icon name="people" size={18} />
        {name}
      </span>
      <span className="flex">
        <Button
          kind="quiet"
          onClick={() => {
            lookAt("");
          }}
        >
          {t("demo.back")}
        </Button>
        {mayOwn && (
          <Button
            kind="quiet"
            busy={remove.isPending}
            onClick={() => {
              remove.mutate(undefined, {
                onError: (error) => {
                  sayError(reason(error));
                },
              });
            }}
          >
            {t("demo.remove")}
          </Button>
        )}
      </span>
    </div>
  );
}
