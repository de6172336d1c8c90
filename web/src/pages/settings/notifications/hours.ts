/** A minute of the day as a time field holds it, `07:00`; null for none. */
export function clock(minute: number | null): string | null {
  if (minute === null) return null;
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** The minute of the day of a time field; null for an empty one. */
export function minutes(time: string): number | null {
  const [hour, minute] = time.split(":").map(Number);
  return hour === undefined || minute === undefined ? null : hour * 60 + minute;
}
