import { GAP_SHAPES, gapAt, type Gap, type GapRow } from "@/lib/charts/gaps";
import { token } from "@/ui/hooks/media";

/** How high a row is, its gap to the next one among it. */
export const ROW_PX = 20;
const SEAM_PX = 4;

/** The token of a state's colour; the lightness of each differs too. */
export const GAP_TOKENS: Record<Gap, string> = {
  have: "gap-have",
  wanted: "gap-wanted",
  failed: "gap-failed",
  gone: "gap-gone",
  nothing: "gap-nothing",
  unknown: "sunken",
};

/** Draw every row's days as one strip each, days alike in one stroke. */
export function drawDays(canvas: HTMLCanvasElement, rows: readonly GapRow[], days: number, width: number): void {
  const sharp = devicePixelRatio;
  const height = ROW_PX * rows.length;
  canvas.width = Math.round(width * sharp);
  canvas.height = Math.round(height * sharp);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.scale(sharp, sharp);
  const colours = Object.fromEntries(Object.entries(GAP_TOKENS).map(([gap, name]) => [gap, token(name)])) as Record<
    Gap,
    string
  >;
  rows.forEach((row, i) => {
    const [top, tall] = [i * ROW_PX + SEAM_PX / 2, ROW_PX - SEAM_PX];
    pen.fillStyle = colours.unknown;
    pen.fillRect(0, top, width, tall);
    for (let day = 0, start = 0; day < days; day++) {
      const gap = gapAt(row, start);
      if (day + 1 < days && gapAt(row, day + 1) === gap) continue;
      const [from, to] = GAP_SHAPES[gap];
      pen.fillStyle = colours[gap];
      pen.fillRect((start / days) * width, top + from * tall, ((day + 1 - start) / days) * width, (to - from) * tall);
      start = day + 1;
    }
  });
}
