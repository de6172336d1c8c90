import { useCallback, useMemo, useState } from "react";

import { reason } from "@/api/client";
import { heatAddress, usePrivacyZones, useRemoveZone, useRestoreZone, useTiles } from "@/api/places/places";
import { usePreferences, useSession } from "@/api/session";
import type { PrivacyZone } from "@/api/types";
import { CircleMap } from "@/charts/map/CircleMap";
import { homeBox } from "@/lib/geo/tiles";
import { told } from "@/lib/units";
import { Part } from "@/pages/settings/Part";
import { t } from "@/pages/settings/text";
import { Button } from "@/ui/controls/Button";
import { Failure, Notice, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { LinksPart } from "./LinksPart";
import { WeatherPart } from "./WeatherPart";
import { draftOf, placeOf, ZoneForm, type Draft } from "./ZoneForm";

const EXPLORER = 14;
const HEAT = heatAddress({});

export const zoneName = ({ name }: { name: string }): string => name || t("privacy.unnamed");

/** What others learn of places. */
export function PrivacyPart() {
  return (
    <div className="flex flex-col gap-4">
      <PrivatePlaces />
      <LinksPart />
      <WeatherPart />
    </div>
  );
}

/** The places of which others are shown nothing: listed, drawn, added, moved and removed. */
function PrivatePlaces() {
  const zones = usePrivacyZones();
  const home = useTiles(EXPLORER, {});
  return (
    <Part title={t("privacy.title")} lead={t("privacy.lead")}>
      <p className="-mt-3 mb-5 max-w-prose text-sm text-ink-2">{t("privacy.who")}</p>
      {zones.isPending && (
        <Waiting>
          <div className="skeleton h-64" />
        </Waiting>
      )}
      {zones.isError && <Failure error={zones.error} retry={() => void zones.refetch()} />}
      {zones.data && !home.isPending && (
        <Places zones={zones.data} home={home.data ? homeBox(home.data, EXPLORER) : null} />
      )}
    </Part>
  );
}

function Places({ zones, home }: { zones: PrivacyZone[]; home: ReturnType<typeof homeBox> }) {
  const wish = usePreferences();
  const { data: session } = useSession();
  const [draft, setDraft] = useState<Draft | null>(null);
  const circles = useMemo(() => {
    const place = draft && placeOf(draft);
    const others = zones
      .filter(({ id }) => id !== draft?.id)
      .map(({ longitude, latitude, radius_m }) => ({ lon: longitude, lat: latitude, radius: radius_m, active: false }));
    return place && draft
      ? [...others, { lon: place.longitude, lat: place.latitude, radius: draft.radius, active: true }]
      : others;
  }, [zones, draft]);
  const pick = useCallback((lon: number, lat: number): void => {
    setDraft((now) => now && { ...now, latitude: lat.toFixed(5), longitude: lon.toFixed(5) });
  }, []);
  return (
    <>
      <div className="card relative h-72 overflow-hidden">
        {session && (
          <CircleMap
            setting={session.map}
            imperial={wish.units === "imperial"}
            home={home}
            heat={HEAT}
            circles={circles}
            onPick={draft ? pick : null}
          />
        )}
      </div>
      {draft ? (
        <ZoneForm
          key={draft.id ?? "new"}
          draft={draft}
          onChange={setDraft}
          onDone={() => {
            setDraft(null);
          }}
        />
      ) : (
        <Button
          icon="plus"
          kind="primary"
          className="mt-4"
          onClick={() => {
            setDraft(draftOf(null));
          }}
        >
          {t("privacy.add")}
        </Button>
      )}
      {zones.length === 0 && !draft && (
        <div className="mt-4">
          <Notice>{t("privacy.none")}</Notice>
        </div>
      )}
      <ul className="mt-5 divide-y divide-line border-t border-line empty:hidden">
        {zones.map((zone) => (
          <li key={zone.id} data-zone={zone.id}>
            <Zone
              zone={zone}
              onEdit={() => {
                setDraft(draftOf(zone));
              }}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

function Zone({ zone, onEdit }: { zone: PrivacyZone; onEdit: () => void }) {
  const wish = usePreferences();
  const [remove, restore] = [useRemoveZone(), useRestoreZone()];
  const name = zoneName(zone);
  const failed = (error: unknown): void => {
    sayError(reason(error));
  };
  const away = (): void => {
    remove.mutate(zone.id, {
      onSuccess: () => {
        say(t("privacy.removed", { name }), () => {
          restore.mutate(zone.id, {
            onSuccess: () => {
              say(t("privacy.restored", { name }));
            },
            onError: failed,
          });
        });
      },
      onError: failed,
    });
  };
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
      <span className="min-w-40 flex-1">
        <span className="block truncate font-medium">{name}</span>
        <span className="label">
          {[`${zone.latitude.toFixed(4)}, ${zone.longitude.toFixed(4)}`, told("length", zone.radius_m, wish)].join(
            " · ",
          )}
        </span>
      </span>
      <span className="flex gap-2">
        <Button icon="edit" aria-label={t("privacy.change", { name })} onClick={onEdit}>
          {t("privacy.edit")}
        </Button>
        <Button kind="danger" busy={remove.isPending} onClick={away}>
          {t("privacy.remove")}
        </Button>
      </span>
    </div>
  );
}
