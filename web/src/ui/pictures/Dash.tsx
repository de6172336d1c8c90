/** A piece of a line as a chart draws it, in its colour (as CSS has it) and with its dashes (px). */
export function Dash({ colour, dash }: { colour: string; dash: readonly number[] }) {
  return (
    <svg width="28" height="10" viewBox="0 0 28 10" aria-hidden="true" className="shrink-0">
      <line
        x1="0"
        y1="5"
        x2="28"
        y2="5"
        style={{ stroke: colour }}
        strokeWidth="2.5"
        strokeDasharray={dash.join(" ")}
      />
    </svg>
  );
}
