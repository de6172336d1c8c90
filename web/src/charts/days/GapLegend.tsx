import { GAP_NAMES, GAP_SHAPES, GAPS } from "@/lib/charts/gaps";
import { t } from "@/lib/text";
import { GAP_TOKENS } from "./dayGridDraw";

/** What the strips of days mean: each state has its colour and its shape. */
export function GapLegend() {
  return (
    <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-2" data-testid="gap-legend">
      {GAPS.map((gap) => {
        const [from, to] = GAP_SHAPES[gap];
        return (
          <li key={gap} className="flex items-center gap-1.5">
            <span aria-hidden="true" className="relative h-4 w-4 overflow-hidden bg-sunken">
              <span
                className="absolute inset-x-0"
                style={{
                  top: `${100 * from}%`,
                  height: `${100 * (to - from)}%`,
                  background: `var(--${GAP_TOKENS[gap]})`,
                }}
              />
            </span>
            {t(GAP_NAMES[gap])}
          </li>
        );
      })}
    </ul>
  );
}
