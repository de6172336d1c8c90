import { rangeOf, roundTicks } from "@/lib/charts/axis";
import { piecesOf, stepOf, type Piece } from "@/lib/health/courses";
import { GUTTER, TICKS, type Lane, type Window } from "./lane";

const HEIGHT = 72;

/** One course over time; its ticks stand in the gutter at its left. */
export function LanePlot({ lane, window: { start_ms, end_ms } }: { lane: Lane; window: Window }) {
  const { scale, course, tone, shape } = lane;
  const values = course.values.map((value) => (value === null ? null : scale.of(value)));
  const ends = lane.ends && (lane.ends.map(scale.of) as [number, number]);
  const [low, high] = ends ?? rangeOf(shape === "bars" ? [0, ...values] : values, 4 * 10 ** -scale.digits) ?? [0, 1];
  const x = (at: number): number => (1000 * (at - start_ms)) / (end_ms - start_ms);
  const y = (value: number): number => HEIGHT - (HEIGHT * (value - low)) / (high - low || 1);
  const point = ({ at, value }: { at: number; value: number }): string => `${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
  /** From the end of a piece down to the ground, and along it back to below its beginning. */
  const downFrom = (piece: Piece): string => `V${HEIGHT}H${x(piece[0]?.at ?? start_ms).toFixed(1)}`;
  const pieces = piecesOf({ time_ms: course.time_ms, values });
  return (
    <div className="flex">
      <div aria-hidden="true" className="label relative shrink-0" style={{ width: GUTTER, height: HEIGHT }}>
        {roundTicks(low, high, TICKS).map((tick) => (
          <span key={tick} className="absolute right-2 -translate-y-1/2" style={{ top: y(tick) }}>
            {scale.format(tick)}
          </span>
        ))}
      </div>
      <svg
        role="img"
        aria-label={lane.name}
        viewBox={`0 0 1000 ${HEIGHT}`}
        preserveAspectRatio="none"
        className="block min-w-0 flex-1"
        style={{ height: HEIGHT }}
        data-lane={lane.key}
      >
        {roundTicks(low, high, TICKS).map((tick) => (
          <line key={tick} x2={1000} y1={y(tick)} y2={y(tick)} stroke="var(--line)" vectorEffect="non-scaling-stroke" />
        ))}
        {shape === "bars" && <Bars {...{ lane, pieces, x, y }} bottom={y(Math.max(0, low))} />}
        {shape === "area" &&
          pieces.map((piece) => (
            <path
              key={piece[0]?.at}
              d={`M${piece.map(point).join("L")}${downFrom(piece)}Z`}
              fill={tone}
              opacity={0.18}
            />
          ))}
        {(shape === "line" || shape === "area") && (
          <path d={pieces.map((piece) => `M${piece.map(point).join("L")}`).join("")} {...pen(tone, 1.6)} />
        )}
        {shape === "dots" && (
          <path d={pieces.flatMap((piece) => piece.map((one) => `M${point(one)}h0`)).join("")} {...pen(tone, 5)} />
        )}
      </svg>
    </div>
  );
}

const pen = (stroke: string, strokeWidth: number) =>
  ({
    fill: "none",
    stroke,
    strokeWidth,
    strokeLinecap: "round",
    strokeLinejoin: "round",
    vectorEffect: "non-scaling-stroke",
  }) as const;

/** What was counted in each span, which begins where its bar does. */
function Bars({
  lane,
  pieces,
  x,
  y,
  bottom,
}: {
  lane: Lane;
  pieces: ReturnType<typeof piecesOf>;
  x: (at: number) => number;
  y: (value: number) => number;
  bottom: number;
}) {
  const wide = stepOf(lane.course.time_ms);
  const bars = pieces.flat().map(({ at, value }) => {
    const [left, right] = [x(at), x(at + 0.85 * wide)];
    return `M${left.toFixed(1)} ${bottom.toFixed(1)}V${y(value).toFixed(1)}H${right.toFixed(1)}V${bottom.toFixed(1)}Z`;
  });
  return <path d={bars.join("")} fill={lane.tone} opacity={0.75} />;
}
