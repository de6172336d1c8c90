import { Signals } from "@/charts/map/signals";
import {
  EVERYWHERE,
  LAYERS,
  still,
  type Layer,
  type LayerId,
  type MapEvents,
  type MapSurface,
  type Middle,
  type SurfaceOptions,
} from "@/charts/map/surface";
import type { Box } from "@/lib/geo/box";
import { windowOf } from "@/lib/geo/mapPath";
import { gridFor, gridLines, gridStep, type Grid } from "@/lib/geo/mapScale";
import {
  cameraAt,
  fitted,
  kept,
  latitudeOf,
  longitudeOf,
  panned,
  seen,
  toPlace,
  toScreen,
  zoomed,
  type Camera,
  type Fit,
  type Point,
  type Size,
} from "@/lib/geo/mercator";
import { token, watchSharpness } from "@/ui/hooks/media";
import { follow } from "./gestures";
import { Glide } from "./glide";
import { HeatTiles } from "./heat";
import { Outline } from "./outline";
import { painted, type Painted, type Sheet } from "./paint";

const [GLIDE_MS, ZOOM_MS, STEP_MS] = [450, 220, 260];
/** A map let go runs on: as far as it would go in this time at its speed, in pixels a millisecond, within bounds. */
const RUN_ON_MS = 140;
const [RUN_ON_LEAST, RUN_ON_MOST] = [0.2, 1.4];
/** A map that has not moved for so long has come to rest. */
const SETTLED_MS = 150;
/** A square of the grid is as wide as the scale bar. */
export const SCALE_PX = 100;

const LOOKS =
  "absolute inset-0 size-full cursor-grab select-none active:cursor-grabbing focus-visible:-outline-offset-2";

/** The plain map: our own canvas, where no background map is chosen. It draws only when something has changed. */
export class CanvasSurface implements MapSurface {
  private readonly canvas = document.createElement("canvas");
  private readonly signals = new Signals<MapEvents>();
  readonly on = this.signals.on;
  private readonly layers = new Map<LayerId, Painted>();
  private readonly pen: CanvasRenderingContext2D | null;
  private readonly colours = { ground: token("sunken"), line: token("line") };
  private readonly ends: (() => void)[];
  private readonly outline = new Outline(() => {
    this.redraw();
  });
  private pictures: HeatTiles | null = null;
  private heatAddress: string | null = null;
  private camera: Camera;
  private size: Size = { width: 0, height: 0 };
  private glide: Glide | null = null;
  private grid: Grid | null = null;
  private frame = 0;
  private settle = 0;
  private ready = false;
  private closed = false;

  constructor(
    private readonly host: HTMLElement,
    private readonly options: SurfaceOptions,
  ) {
    const { canvas } = this;
    canvas.tabIndex = 0;
    canvas.className = LOOKS;
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-label", options.label);
    host.append(canvas);
    this.pen = canvas.getContext("2d", { alpha: false });
    this.size = { width: host.clientWidth, height: host.clientHeight };
    this.camera = this.first();
    const watch = new ResizeObserver(() => {
      this.resize();
    });
    watch.observe(host);
    this.ends = [
      this.follow(),
      watchSharpness(() => {
        this.redraw();
      }),
      () => {
        watch.disconnect();
      },
    ];
  }

  /** Where it looks before anyone has moved it. */
  private first(): Camera {
    const {
      look: { middle, box },
      fit,
    } = this.options;
    if (middle) return kept(cameraAt(middle.lon, middle.lat, middle.zoom), this.size);
    return fitted(box ?? EVERYWHERE, this.size, fit);
  }

  draw(layer: Layer): void {
    this.layers.set(layer.id, painted(layer));
    this.redraw();
  }

  heat(address: string | null): void {
    if (address === null || address !== this.heatAddress) {
      this.pictures?.close();
      this.pictures =
        address === null
          ? null
          : new HeatTiles(address, () => {
              this.redraw();
            });
    } else this.pictures?.renew();
    this.heatAddress = address;
    this.redraw();
  }

  middle(): Middle {
    const { x, y, zoom } = this.camera;
    return { lon: longitudeOf(x), lat: latitudeOf(y), zoom };
  }

  box(): Box {
    return seen(this.camera, this.size);
  }

  project(lon: number, lat: number): Point {
    return toScreen(this.camera, this.size, lon, lat);
  }

  fit(box: Box, fit: Fit): void {
    this.glideTo(fitted(box, this.size, fit), GLIDE_MS);
  }

  zoomBy(steps: number): void {
    this.zoomAbout(steps, null, GLIDE_MS);
  }

  aim(aiming: boolean): void {
    this.canvas.style.cursor = aiming ? "crosshair" : "";
  }

  close(): void {
    this.closed = true;
    cancelAnimationFrame(this.frame);
    clearTimeout(this.settle);
    for (const end of this.ends) end();
    this.pictures?.close();
    this.canvas.remove();
  }

  private follow(): () => void {
    const place = (at: Point | null): Point => toPlace(this.camera, this.size, at ?? this.centre());
    return follow(
      this.canvas,
      {
        drag: (by) => {
          this.glide = null;
          this.moveTo(panned(this.camera, by));
        },
        release: (speed) => {
          this.runOn(speed);
        },
        zoom: (steps, about, atOnce) => {
          this.zoomAbout(steps, about, atOnce ? 0 : ZOOM_MS);
        },
        step: (by) => {
          this.glideTo(panned(this.target(), by), STEP_MS);
        },
        press: (at) => {
          this.signals.send("press", ...place(at));
        },
        escape: () => {
          this.signals.send("escape");
        },
        hover: (at) => {
          const [lon, lat] = place(at);
          this.signals.send("hover", at && { at, lon, lat });
        },
        blocked: (what) => {
          this.signals.send("blocked", what);
        },
      },
      this.options.gentle,
    );
  }

  private centre(): Point {
    return [this.size.width / 2, this.size.height / 2];
  }

  /** Where the map will be when it has come to rest. */
  private target(): Camera {
    return this.glide?.to ?? this.camera;
  }

  private zoomAbout(steps: number, about: Point | null, ms: number): void {
    const from = this.target();
    // The bounds are asked first, so that at the nearest zoom nothing slips aside.
    const { zoom } = kept({ ...from, zoom: from.zoom + steps }, this.size);
    this.glideTo(zoomed(from, this.size, zoom, about ?? this.centre()), ms);
  }

  private runOn([vx, vy]: Point): void {
    const speed = Math.hypot(vx, vy);
    if (still() || speed < RUN_ON_LEAST) return;
    const far = RUN_ON_MS * Math.min(1, RUN_ON_MOST / speed);
    this.glideTo(panned(this.camera, [vx * far, vy * far]), GLIDE_MS);
  }

  private glideTo(camera: Camera, ms: number): void {
    const to = kept(camera, this.size);
    this.glide = ms > 0 && !still() ? new Glide(this.camera, to, ms) : null;
    if (this.glide) this.redraw();
    else this.moveTo(to);
  }

  private moveTo(camera: Camera): void {
    this.camera = kept(camera, this.size);
    this.signals.send("move");
    clearTimeout(this.settle);
    this.settle = window.setTimeout(() => {
      this.rest();
    }, SETTLED_MS);
    this.redraw();
  }

  private rest(): void {
    this.grid = gridFor(this.camera, this.grid);
    this.redraw();
    this.signals.send("rest");
  }

  private resize(): void {
    const { clientWidth: width, clientHeight: height } = this.host;
    const before = this.size;
    if (width === 0 || height === 0 || (width === before.width && height === before.height)) return;
    this.size = { width, height };
    this.glide = null;
    this.moveTo(before.width === 0 || before.height === 0 ? this.first() : this.camera);
    // Now, not with the next frame: a canvas of another size is empty.
    this.paint();
  }

  private redraw(): void {
    if (this.frame === 0 && !this.closed)
      this.frame = requestAnimationFrame((now) => {
        this.step(now);
      });
  }

  private step(now: number): void {
    this.frame = 0;
    if (this.glide) {
      const { camera, ended } = this.glide.at(now);
      if (ended) this.glide = null;
      this.moveTo(camera);
    }
    this.paint();
    if (!this.ready && this.size.width > 0 && this.outline.settled && (this.pictures?.complete ?? true)) {
      this.ready = true;
      this.signals.send("ready");
    }
  }

  private paint(): void {
    const { pen, canvas, size, camera } = this;
    const sharp = devicePixelRatio;
    const [width, height] = [Math.round(size.width * sharp), Math.round(size.height * sharp)];
    if (!pen || width === 0 || height === 0) return;
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    pen.setTransform(sharp, 0, 0, sharp, 0, 0);
    const sheet: Sheet = { pen, camera, size, sharp };
    this.paintGround(sheet);
    this.outline.paintLocator(sheet);
    // What will be seen is asked for, not what is passed on the way.
    this.pictures?.look(this.target(), size);
    for (const id of LAYERS) {
      if (id === "heat") this.pictures?.paint(sheet);
      else this.layers.get(id)?.(sheet);
    }
  }

  /** The outline of the world, and a grid for a sense of size. */
  private paintGround(sheet: Sheet): void {
    const { pen, camera, size, sharp } = sheet;
    pen.fillStyle = this.colours.ground;
    pen.fillRect(0, 0, size.width, size.height);
    this.outline.paintGround(sheet);
    this.grid ??= gridFor(camera, null);
    const step = gridStep(this.grid, camera.zoom, SCALE_PX, this.options.imperial);
    const { left, top, scale } = windowOf(camera, size);
    const thin = Math.max(1, Math.round(sharp)) / sharp;
    const whole = (pixels: number): number => Math.round(pixels * sharp) / sharp;
    pen.fillStyle = this.colours.line;
    for (const x of gridLines(left, left + size.width / scale, this.grid.x, step)) {
      pen.fillRect(whole((x - left) * scale), 0, thin, size.height);
    }
    for (const y of gridLines(top, top + size.height / scale, this.grid.y, step)) {
      pen.fillRect(0, whole((y - top) * scale), size.width, thin);
    }
  }
}
