/** Read a number as people type it, with a comma or a point; null where there is none, NaN where it is no number. */
export function readNumber(typed: string): number | null {
  const text = typed.trim().replace(",", ".");
  if (text === "") return null;
  const value = Number(text);
  return Number.isFinite(value) && value >= 0 ? value : Number.NaN;
}

/** Read a duration: `1:05:30`, `45:00` (minutes and seconds), or minutes; seconds, or NaN where it is none. */
export function readDuration(typed: string): number {
  const parts = typed.trim().replace(",", ".").split(":");
  if (typed.trim() === "" || parts.length > 3) return Number.NaN;
  const numbers = parts.map((part) => (/^\d+(\.\d+)?$/.test(part.trim()) ? Number(part) : Number.NaN));
  const [a = Number.NaN, b = 0, c = 0] = numbers;
  if (numbers.length === 1) return a * 60;
  if (numbers.slice(1).some((part) => part >= 60)) return Number.NaN;
  return numbers.length === 2 ? a * 60 + b : a * 3600 + b * 60 + c;
}
