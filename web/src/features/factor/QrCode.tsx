import { useMemo } from "react";

import { qrCode } from "./qr";

/** Light modules around a code, without which cameras don't find it. */
const QUIET = 4;

/** A text as a QR code: dark on white in every theme, as cameras want it. */
export function QrCode({ text, name }: { text: string; name: string }) {
  const { size, dark } = useMemo(() => {
    const grid = qrCode(text);
    const cells = grid.flatMap((row, down) =>
      row.flatMap((module, right) => (module ? [`M${String(right)} ${String(down)}h1v1h-1z`] : [])),
    );
    return { size: grid.length, dark: cells.join("") };
  }, [text]);
  const side = size + 2 * QUIET;
  return (
    <svg
      role="img"
      aria-label={name}
      viewBox={`${String(-QUIET)} ${String(-QUIET)} ${String(side)} ${String(side)}`}
      shapeRendering="crispEdges"
      className="size-56 max-w-full shrink-0 rounded-lg border border-line"
    >
      <rect x={-QUIET} y={-QUIET} width={side} height={side} fill="white" />
      <path d={dark} fill="black" />
    </svg>
  );
}
