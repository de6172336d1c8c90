import address from "world-atlas/land-110m.json?url";

import { windowOf, worldPath, worldsSeen } from "@/lib/geo/mapPath";
import { worldSize, type Camera, type Size } from "@/lib/geo/mercator";
import { ringsOf, type Topology } from "@/lib/geo/outline";
import { token } from "@/ui/hooks/media";
import type { Sheet } from "./paint";

/** Nearer than this the shores, true to some ten kilometres, would lie: they fade until they are gone. */
const [TRUE_ZOOM, GONE_ZOOM] = [5, 7];
/** Nearer than that a small map in the corner says where in the world one is. */
const LOCATOR: Size = { width: 96, height: 72 };
const LOCATOR_ZOOM = 0.2;
/** How far the locator is from its corner, and how large a map has to be at least to have one. */
const [MARGIN_PX, ROOM_PX] = [8, 280];

/** How far land reaches across the square of the world: a little beyond it, where a continent lies across its edge. */
const REACH = [-1, 2] as const;

let loading: Promise<Path2D> | null = null;

/** The land of the world (Natural Earth, 1:110 million, public domain) in the square of side 1; asked for once. */
function land(): Promise<Path2D> {
  loading ??= load().catch((error: unknown) => {
    loading = null; // the next map asks again
    throw error;
  });
  return loading;
}

async function load(): Promise<Path2D> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`the outline of the world: ${answer.status}`);
  const path = new Path2D();
  for (const ring of ringsOf((await answer.json()) as Topology).map(worldPath)) {
    for (let i = 0; i + 1 < ring.length; i += 2) path.lineTo(ring[i] ?? 0, ring[i + 1] ?? 0);
    path.closePath();
  }
  return path;
}

/** The outline of the world below a plain map; without it, where it can't be had, the map is only plainer. */
export class Outline {
  /** Whether it is there, or will not be. */
  settled = false;
  private path: Path2D | null = null;
  private readonly colours = {
    sea: token("sunken"),
    land: token("surface"),
    line: token("line-strong"),
    here: token("accent"),
  };

  constructor(changed: () => void) {
    land()
      // The browser itself tells of a file that it can't load; there is nothing else to say of a plainer map.
      .then(
        (path) => {
          this.path = path;
        },
        () => undefined,
      )
      .finally(() => {
        this.settled = true;
        changed();
      });
  }

  paintGround(sheet: Sheet): void {
    const {
      pen,
      camera: { zoom },
    } = sheet;
    if (zoom >= GONE_ZOOM) return;
    pen.globalAlpha = Math.min(1, (GONE_ZOOM - zoom) / (GONE_ZOOM - TRUE_ZOOM));
    this.fill(sheet);
    pen.globalAlpha = 1;
  }

  /** A small map of the surroundings with a dot where the near map lies. Tracks are drawn over it, so it hides none. */
  paintLocator({ pen, camera, size, sharp }: Sheet): void {
    if (!this.path || camera.zoom < GONE_ZOOM || Math.min(size.width, size.height) < ROOM_PX) return;
    const { width, height } = LOCATOR;
    const [left, top] = [size.width - width - MARGIN_PX, size.height - height - MARGIN_PX];
    pen.save();
    pen.beginPath();
    pen.roundRect(left, top, width, height, 6);
    pen.clip();
    pen.fillStyle = this.colours.sea;
    pen.fillRect(left, top, width, height);
    pen.translate(left, top);
    const half = height / 2 / worldSize(LOCATOR_ZOOM);
    const about: Camera = { x: camera.x, y: Math.min(1 - half, Math.max(half, camera.y)), zoom: LOCATOR_ZOOM };
    this.fill({ pen, camera: about, size: LOCATOR, sharp });
    pen.fillStyle = this.colours.here;
    pen.beginPath();
    pen.arc(width / 2, height / 2 + (camera.y - about.y) * worldSize(LOCATOR_ZOOM), 3.5, 0, 2 * Math.PI);
    pen.fill();
    pen.restore();
    pen.beginPath();
    pen.roundRect(left, top, width, height, 6);
    [pen.strokeStyle, pen.lineWidth] = [this.colours.line, 1];
    pen.stroke();
  }

  private fill({ pen, camera, size }: Sheet): void {
    if (!this.path) return;
    const window = windowOf(camera, size);
    pen.fillStyle = this.colours.land;
    for (const world of worldsSeen(window, ...REACH)) {
      pen.save();
      pen.scale(window.scale, window.scale);
      pen.translate(world - window.left, -window.top);
      pen.fill(this.path, "evenodd");
      pen.restore();
    }
  }
}
