import { useCallback, useSyncExternalStore } from "react";

import type { MapSurface } from "./surface";

/** Something on a map that can be opened: where it is, what it is called, and a picture of it. */
export interface Pin {
  id: string;
  lon: number;
  lat: number;
  name: string;
  picture: string;
}

const SPOT =
  "absolute -top-[22px] -left-[22px] grid size-11 place-items-center rounded-full focus-visible:z-10 hover:z-10";

/** Pictures on a map, each a button that opens it. */
export function Pins({
  surface,
  pins,
  onPin,
}: {
  surface: MapSurface;
  pins: readonly Pin[];
  onPin: (id: string) => void;
}) {
  return pins.map((pin) => <PinAt key={pin.id} surface={surface} pin={pin} onPin={onPin} />);
}

function PinAt({ surface, pin, onPin }: { surface: MapSurface; pin: Pin; onPin: (id: string) => void }) {
  const { id, lon, lat, name, picture } = pin;
  const where = useCallback(() => {
    const [x, y] = surface.project(lon, lat);
    return `${x.toFixed(1)}px ${y.toFixed(1)}px`;
  }, [surface, lon, lat]);
  const moved = useCallback((listener: () => void) => surface.on("move", listener), [surface]);
  const translate = useSyncExternalStore(moved, where);
  return (
    <button
      type="button"
      aria-label={name}
      title={name}
      data-testid="pin"
      style={{ translate }}
      className={SPOT}
      onClick={() => {
        onPin(id);
      }}
    >
      <img
        src={picture}
        alt=""
        loading="lazy"
        className="size-9 rounded-full border-2 border-surface object-cover shadow-float"
      />
    </button>
  );
}
