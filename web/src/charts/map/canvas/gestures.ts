import type { Point } from "@/lib/geo/mercator";

/** What hands do to a map: by mouse and wheel, by fingers, by keys. Pixels count from its corner. */
export interface Hands {
  /** Dragged on by so many pixels. */
  drag: (by: Point) => void;
  /** Let go, at so many pixels a millisecond. */
  release: (speed: Point) => void;
  /** Nearer (or further, below 0) about a pixel, null for the middle; at once where fingers hold it, else gliding. */
  zoom: (steps: number, about: Point | null, atOnce?: boolean) => void;
  /** Moved on by the keyboard. */
  step: (by: Point) => void;
  press: (at: Point | null) => void;
  escape: () => void;
  hover: (at: Point | null) => void;
  blocked: (what: "wheel" | "finger") => void;
}

const [LINE_PX, PAGE_PX] = [16, 400];
const [WHEEL, PINCH] = [1 / 300, 1 / 80];
const STEP_PX = 100;
const [CLICK_PX, BLOCKED_PX] = [4, 12];
const [TAPS_MS, TAPS_PX] = [300, 30];
const SPEED_MS = 80;

/** Follow the hands on a canvas; a gentle one leaves the wheel and a single finger to the page. Returns how to stop. */
export function follow(canvas: HTMLCanvasElement, hands: Hands, gentle: boolean): () => void {
  const end = new AbortController();
  canvas.style.touchAction = gentle ? "pan-x pan-y" : "none";
  const still = mouse(canvas, hands, end.signal);
  wheel(canvas, hands, gentle, end.signal);
  fingers(canvas, hands, gentle, end.signal);
  canvas.addEventListener(
    "click",
    (event) => {
      if (still()) hands.press(pixel(canvas, event));
    },
    end,
  );
  canvas.addEventListener(
    "keydown",
    (event) => {
      key(event, hands);
    },
    end,
  );
  return () => {
    end.abort();
  };
}

interface Place {
  clientX: number;
  clientY: number;
}

function pixel(canvas: HTMLCanvasElement, { clientX, clientY }: Place): Point {
  const { left, top } = canvas.getBoundingClientRect();
  return [clientX - left, clientY - top];
}

/** How fast something moved just now. */
class Speed {
  private last: { at: Point; ms: number }[] = [];

  add(at: Point, ms: number): void {
    this.last = [...this.last.filter((one) => ms - one.ms < SPEED_MS), { at, ms }];
  }

  /** In pixels a millisecond; nothing where it had come to rest. */
  now(ms: number): Point {
    const [first, last] = [this.last[0], this.last.at(-1)];
    if (!first || !last || ms - last.ms > SPEED_MS || last.ms === first.ms) return [0, 0];
    return [(last.at[0] - first.at[0]) / (last.ms - first.ms), (last.at[1] - first.at[1]) / (last.ms - first.ms)];
  }
}

/** The mouse drags, hovers and doubles; returns whether it was kept still since it was last pressed. */
function mouse(canvas: HTMLCanvasElement, hands: Hands, signal: AbortSignal): () => boolean {
  let held: { from: Point; at: Point; speed: Speed; moved: boolean } | null = null;
  let moved = false;
  const drag = (event: MouseEvent): void => {
    if (!held) return;
    const at = pixel(canvas, event);
    held.moved ||= Math.hypot(at[0] - held.from[0], at[1] - held.from[1]) >= CLICK_PX;
    moved = held.moved;
    if (!moved) return;
    hands.drag([at[0] - held.at[0], at[1] - held.at[1]]);
    held.at = at;
    held.speed.add(at, event.timeStamp);
  };
  const release = (event: MouseEvent): void => {
    if (held?.moved) hands.release(held.speed.now(event.timeStamp));
    held = null;
  };
  canvas.addEventListener(
    "mousedown",
    (event) => {
      if (event.button !== 0) return;
      const at = pixel(canvas, event);
      moved = false;
      held = { from: at, at, speed: new Speed(), moved: false };
    },
    { signal },
  );
  addEventListener("mousemove", drag, { signal });
  addEventListener("mouseup", release, { signal });
  canvas.addEventListener(
    "mousemove",
    (event) => {
      if (!held?.moved) hands.hover(pixel(canvas, event));
    },
    { signal },
  );
  canvas.addEventListener(
    "mouseleave",
    () => {
      hands.hover(null);
    },
    { signal },
  );
  canvas.addEventListener(
    "dblclick",
    (event) => {
      event.preventDefault();
      hands.zoom(event.shiftKey ? -1 : 1, pixel(canvas, event));
    },
    { signal },
  );
  return () => !moved;
}

function wheel(canvas: HTMLCanvasElement, hands: Hands, gentle: boolean, signal: AbortSignal): void {
  canvas.addEventListener(
    "wheel",
    (event) => {
      if (gentle && !event.ctrlKey && !event.metaKey) {
        hands.blocked("wheel");
        return;
      }
      event.preventDefault();
      const pixels = event.deltaY * (event.deltaMode === 1 ? LINE_PX : event.deltaMode === 2 ? PAGE_PX : 1);
      if (pixels === 0) return;
      // Two fingers on a touchpad come as a wheel with Ctrl that turns a little at a time.
      const pinched = event.ctrlKey && Math.abs(pixels) < 50;
      hands.zoom(-pixels * (pinched ? PINCH : WHEEL), pixel(canvas, event), pinched);
    },
    { signal, passive: false },
  );
}

/** One finger drags, two drag and zoom, two taps go nearer. */
function fingers(canvas: HTMLCanvasElement, hands: Hands, gentle: boolean, signal: AbortSignal): void {
  let last: { count: number; at: Point; apart: number } | null = null;
  let begun: Point = [0, 0];
  let travelled = 0;
  let tap = { at: [0, 0] as Point, ms: -Infinity };
  let speed = new Speed();
  const begin = (event: TouchEvent): void => {
    last = grip(canvas, event.touches);
    speed = new Speed();
    if (event.touches.length > 1) travelled = Infinity;
    else if (last) [begun, travelled] = [last.at, 0];
  };
  const move = (event: TouchEvent): void => {
    const now = grip(canvas, event.touches);
    if (!now || !last) return;
    if (now.count === 1) travelled = Math.max(travelled, Math.hypot(now.at[0] - begun[0], now.at[1] - begun[1]));
    if (gentle && now.count === 1) {
      if (travelled > BLOCKED_PX && travelled < Infinity) hands.blocked("finger");
      return;
    }
    if (event.cancelable) event.preventDefault();
    hands.drag([now.at[0] - last.at[0], now.at[1] - last.at[1]]);
    if (now.count > 1 && last.apart > 0) hands.zoom(Math.log2(now.apart / last.apart), now.at, true);
    last = now;
    speed.add(now.at, event.timeStamp);
  };
  const end = (event: TouchEvent): void => {
    if (event.touches.length > 0) {
      last = grip(canvas, event.touches);
      speed = new Speed();
      return;
    }
    if (travelled < CLICK_PX * 2) {
      const there = Math.hypot(begun[0] - tap.at[0], begun[1] - tap.at[1]) < TAPS_PX;
      const twice = there && event.timeStamp - tap.ms < TAPS_MS;
      tap = twice ? { at: begun, ms: -Infinity } : { at: begun, ms: event.timeStamp };
      // Without what the browser would make of it: a press and a double click.
      if (twice && event.cancelable) event.preventDefault();
      if (twice) hands.zoom(1, begun);
    } else if (!gentle || travelled === Infinity) hands.release(speed.now(event.timeStamp));
    last = null;
  };
  canvas.addEventListener("touchstart", begin, { signal, passive: true });
  canvas.addEventListener("touchmove", move, { signal, passive: false });
  canvas.addEventListener("touchend", end, { signal, passive: false });
  canvas.addEventListener(
    "touchcancel",
    () => {
      last = null;
    },
    { signal },
  );
}

/** Where one or two fingers are, and how far apart. */
function grip(canvas: HTMLCanvasElement, touches: TouchList): { count: number; at: Point; apart: number } | null {
  const [one, two] = [touches[0], touches[1]];
  if (!one) return null;
  const a = pixel(canvas, one);
  if (!two) return { count: 1, at: a, apart: 0 };
  const b = pixel(canvas, two);
  return { count: 2, at: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], apart: Math.hypot(a[0] - b[0], a[1] - b[1]) };
}

const STEPS: Record<string, Point> = {
  ArrowLeft: [STEP_PX, 0],
  ArrowRight: [-STEP_PX, 0],
  ArrowUp: [0, STEP_PX],
  ArrowDown: [0, -STEP_PX],
};
const ZOOMS: Record<string, number> = { "+": 1, "=": 1, "-": -1, _: -1 };

function key(event: KeyboardEvent, hands: Hands): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const [step, zoom] = [STEPS[event.key], ZOOMS[event.key]];
  if (step) hands.step(step);
  else if (zoom !== undefined) hands.zoom(zoom, null);
  else if (event.key === "Enter") hands.press(null);
  else if (event.key === "Escape") hands.escape();
  if (step || zoom !== undefined) event.preventDefault();
}
