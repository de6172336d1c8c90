import { useCallback, useMemo, useState } from "react";

import { heatAddress, useHeat, useTiles, type PlacesQuery } from "@/api/places/places";
import { usePreferences, useSession } from "@/api/session";
import type { HeatState, TileState } from "@/api/types";
import { ExploreMap } from "@/charts/map/ExploreMap";
import { TilesHint } from "@/features/TilesHint";
import type { Box } from "@/lib/geo/box";
import { homeBox, widened, type Tile } from "@/lib/geo/tiles";
import { routes } from "@/lib/routes";
import { decimal } from "@/lib/units";
import { ButtonLink } from "@/ui/controls/Button";
import { useAddress } from "@/ui/hooks/address";
import { Page } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { Figures } from "@/ui/values/Figures";
import { Bar, Legend } from "./Bar";
import { USUAL } from "./choices";
import { many, t } from "./text";
import { ChosenTile, Newest } from "./Visits";

const EXPLORER = 14;
/** Small tiles are asked for only around what is seen. */
const SMALL = 17;
const AROUND_ZOOM = 9;

/** Everywhere the athlete was: how often, and which squares of the map. */
export function Explore() {
  const heat = useHeat();
  const home = useTiles(EXPLORER, {});
  const { data: session } = useSession();
  const error = heat.error ?? home.error;
  return (
    <Page title={t("places.title")}>
      {error && (!heat.data || !home.data) ? (
        <Failure
          error={error}
          retry={() => {
            void heat.refetch();
            void home.refetch();
          }}
        />
      ) : !heat.data || !home.data || !session ? (
        <Waiting>
          <div className="skeleton h-[65dvh]" />
        </Waiting>
      ) : home.data.count === 0 && heat.data.waiting === 0 ? (
        <div className="card">
          <Empty icon="map" title={t("places.none")} hint={t("places.none_hint")}>
            <ButtonLink kind="primary" icon="import" to={routes.import}>
              {t("activities.import")}
            </ButtonLink>
          </Empty>
        </div>
      ) : (
        <Found heat={heat.data} home={home.data} />
      )}
    </Page>
  );
}

function Found({ heat, home }: { heat: HeatState; home: TileState }) {
  const wish = usePreferences();
  const { data: session } = useSession();
  const [choices, change] = useAddress(USUAL);
  const [chosen, choose] = useState<Tile | null>(null);
  const [seen, setSeen] = useState<Box | null>(null);
  const { sport, from, to } = choices;
  const query = useMemo<PlacesQuery>(
    () => ({ ...(sport && { sport }), ...(from && { from }), ...(to && { to }) }),
    [sport, from, to],
  );
  const zoom = choices.tiles === "17" ? SMALL : EXPLORER;
  const around =
    zoom === SMALL && seen
      ? widened(seen, AROUND_ZOOM)
          .map((edge) => edge.toFixed(5))
          .join(",")
      : null;
  const tiles = useTiles(zoom, query, around, zoom === EXPLORER || seen !== null || choices.at !== "");
  const shown = choices.tiles === "none" || tiles.data?.zoom !== zoom ? null : tiles.data;
  const look = useMemo(() => ({ box: homeBox(home, home.zoom), middle: middleOf(choices.at) }), [home, choices.at]);
  const moved = useCallback(
    (box: Box, at: string): void => {
      setSeen(box);
      change({ at });
    },
    [change],
  );
  if (!session) return null;
  return (
    <>
      <Bar
        heat={heat}
        choices={choices}
        change={(changed) => {
          choose(null);
          change(changed);
        }}
      />
      <div className="mt-3 grid gap-4 xl:grid-cols-[minmax(0,1fr)_19rem]">
        <section aria-label={t("places.title")} className="min-w-0">
          <div className="card relative h-[60dvh] overflow-hidden xl:h-[calc(100dvh-13rem)]">
            <ExploreMap
              setting={session.map}
              imperial={wish.units === "imperial"}
              look={look}
              heat={choices.heat === "on" ? heatAddress(query) : null}
              drawn={heat.drawn}
              tiles={shown}
              square={choices.square === "on"}
              chosen={chosen}
              onChoose={choose}
              onMove={moved}
            />
            {shown && chosen && (
              <ChosenTile
                tile={chosen}
                tiles={shown}
                onClose={() => {
                  choose(null);
                }}
              />
            )}
            <div role="status" className="pointer-events-none absolute top-2 left-2">
              {heat.waiting > 0 && (
                <p className="rounded-lg border border-line bg-surface px-3 py-1.5 text-sm">
                  {many("places.drawing", heat.waiting)}
                </p>
              )}
            </div>
          </div>
          {shown && !chosen && <p className="mt-2 text-sm text-ink-2">{t("places.choose_tile")}</p>}
          <Legend
            heat={choices.heat === "on"}
            tiles={shown !== null}
            square={Boolean(shown?.square) && choices.square === "on"}
          />
          {session.map.kind === "none" && <TilesHint admin={session.account?.is_admin ?? false} />}
        </section>
        <aside className="flex min-w-0 flex-col gap-4">
          {tiles.data && <Numbers tiles={tiles.data} />}
          {tiles.data && <Newest tiles={tiles.data} />}
        </aside>
      </div>
    </>
  );
}

function Numbers({ tiles: { count, square, cluster } }: { tiles: TileState }) {
  if (count === 0) return <p className="card px-4 py-6 text-center text-sm text-ink-2">{t("places.none_period")}</p>;
  return (
    <div className="xl:[&_dl]:flex-col">
      <Figures
        figures={[
          { name: t("places.count"), value: decimal(count), hint: t("places.count_hint") },
          {
            name: t("places.max_square"),
            value: square ? t("places.square_size", { size: square.size }) : decimal(0),
            hint: t("places.square_hint"),
          },
          { name: t("places.cluster"), value: decimal(cluster), hint: t("places.cluster_hint") },
        ]}
      />
    </div>
  );
}

/** The place that the address names: zoom, latitude and longitude. */
function middleOf(at: string): { lon: number; lat: number; zoom: number } | null {
  const [zoom, lat, lon] = at.split("/").map(Number);
  if (zoom === undefined || lat === undefined || lon === undefined || ![zoom, lat, lon].every(Number.isFinite))
    return null;
  return { lon, lat, zoom };
}
