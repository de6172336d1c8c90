import { usePreferences } from "@/api/session";
import { useCursor, type Cursor } from "@/charts/channels/cursor";
import { lineColour } from "@/charts/roles";
import { t } from "@/charts/text";
import { bandName, bandOf, lineName, restPlace, type FrameBody, type FrameLine } from "@/lib/charts/frames";
import { classes } from "@/lib/classes";
import { alsoKnownAs } from "@/lib/text";
import { quantityOf, scaleOfUnit } from "@/lib/units";
import { useGround } from "@/ui/hooks/media";
import { Dash } from "@/ui/pictures/Dash";
import { Told } from "@/ui/values/Measured";

/** The series of a frame: each shows its value under the cursor, and is hidden or shown by a press. */
export function Legend({
  frame,
  sport,
  hidden,
  cursor,
  onToggle,
}: {
  frame: FrameBody;
  sport: string;
  hidden: ReadonlySet<string>;
  cursor: Cursor;
  onToggle: (key: string) => void;
}) {
  const wish = usePreferences();
  useGround(); // the colours are another theme’s when it changes
  const at = useCursor(cursor);
  return (
    <ul className="mb-1 flex flex-wrap gap-x-1 gap-y-0.5" aria-label={t("frame.series")}>
      {frame.lines.map((line, i) => {
        const on = !hidden.has(line.key);
        const value = valueAt(line, at, frame);
        const band = on ? bandOf(frame.bands, line.axis, value) : undefined;
        return (
          <li key={line.key}>
            <button
              type="button"
              aria-pressed={on}
              onClick={() => {
                onToggle(line.key);
              }}
              data-series={line.key}
              className={classes(
                "flex items-center gap-1.5 rounded-md px-2 py-0.5 text-sm",
                "pointer-coarse:min-h-8 hover:bg-sunken",
              )}
            >
              {line.dash ? (
                <Dash dash={line.dash} colour={lineColour(line, i)} />
              ) : (
                <span
                  aria-hidden="true"
                  className={`size-2.5 shrink-0 ${line.style === "bar" ? "rounded-xs" : "rounded-full"}`}
                  style={
                    on ? { background: lineColour(line, i) } : { boxShadow: `inset 0 0 0 1.5px ${lineColour(line, i)}` }
                  }
                />
              )}
              <span
                title={alsoKnownAs(line.key).join(", ") || undefined}
                className={on ? "text-ink-2" : "text-ink-3 line-through"}
              >
                {lineName(line, wish)}
              </span>
              {on && value !== null && (
                <span className="font-semibold">
                  <Told {...quantityOf(scaleOfUnit(line.unit, line.decimals, wish, sport), value)} />
                </span>
              )}
              {band && <span className="text-ink-2">{bandName(band.label)}</span>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** The value at the cursor; without one the newest, of bars in a stack their sum, and of curves none. */
function valueAt(line: FrameLine, at: number | null, frame: FrameBody): number | null {
  if (at !== null) return line.values[at] ?? null;
  if (frame.x.scale === "log") return null;
  if (line.stack !== null) return line.values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  // Of points over a number none is the newest.
  return frame.x.scale === "linear" ? null : (line.values[restPlace(frame.lines)] ?? null);
}
