import type { FrameBody } from "@/lib/charts/frames";
import { decimal } from "@/lib/units";
import { t } from "./text";

/** The place at which the lines of a frame come to most together; null where nothing does. */
export function biggest(frame: FrameBody): { at: number; sum: number } | null {
  const sums = frame.x.values.map((_value, at) => frame.lines.reduce((sum, line) => sum + (line.values[at] ?? 0), 0));
  const sum = Math.max(0, ...sums);
  return sum > 0 ? { at: sums.indexOf(sum), sum } : null;
}

/** Beyond so many times the year before, a share says less than nothing. */
const MOST = 3;

/** How much more or less than the year before, in words; nothing where that year hardly had any. */
export function changed(now: number, before: number | undefined, year: number): string {
  if (before === undefined || before <= 0 || now > MOST * before) return "";
  const percent = `${decimal(Math.abs((100 * (now - before)) / before))}%`;
  if (percent === `${decimal(0)}%`) return t("year.same", { year: String(year) });
  return t(now >= before ? "year.more" : "year.less", { percent, year: String(year) });
}
