/** QR codes (ISO/IEC 18004): bytes, error correction level M, versions 1 to 20, which take 666 bytes. */

/** Codewords of error correction in each block, and the number of blocks, by version. */
const EC_LENGTH = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];
/** What the format says of the level M. */
const LEVEL_M = 0;

type Grid = boolean[][];
type Mask = (row: number, column: number) => boolean;

const MASKS: readonly Mask[] = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_row, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
];

const at = <T>(list: readonly T[], index: number): T => list[index] as T;
const sizeOf = (version: number): number => 17 + 4 * version;

/** Where alignment patterns have their middle, along each side. */
export function alignment(version: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  const last = sizeOf(version) - 7;
  return [6, ...Array.from({ length: count - 1 }, (_, index) => last - step * (count - 2 - index))];
}

/** The number of codewords that a version holds, of data and of error correction. */
function codewords(version: number): number {
  const size = sizeOf(version);
  const lines = alignment(version).length;
  let modules = size * size - 3 * 64 - 2 * 15 - 1 - 2 * (size - 16);
  if (lines > 0) modules -= 25 * (lines * lines - 3) - 10 * (lines - 2);
  if (version >= 7) modules -= 36;
  return Math.floor(modules / 8);
}

const dataLength = (version: number): number =>
  codewords(version) - at(EC_LENGTH, version - 1) * at(BLOCKS, version - 1);

/** The product of two elements of GF(256), modulo x^8 + x^4 + x^3 + x^2 + 1. */
export function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((b >> bit) & 1) * a;
  }
  return product;
}

/** The codewords of error correction of a block. */
function correction(data: readonly number[], length: number): number[] {
  let divisor = [1];
  let root = 1;
  for (let index = 0; index < length; index++) {
    const longer = [...divisor, 0];
    divisor = longer.map((value, place) => value ^ (place > 0 ? times(at(divisor, place - 1), root) : 0));
    root = times(root, 2);
  }
  const rest = Array.from({ length }, () => 0);
  for (const value of data) {
    const factor = value ^ at(rest, 0);
    rest.push(0);
    rest.shift();
    for (let index = 0; index < length; index++) rest[index] = at(rest, index) ^ times(at(divisor, index + 1), factor);
  }
  return rest;
}

/** The codewords of a text in a version: data of all blocks in turns, then error correction of all blocks in turns. */
function filled(bytes: Uint8Array, version: number): number[] {
  const length = dataLength(version);
  const wide = version >= 10 ? 16 : 8;
  const bits = [0, 1, 0, 0];
  const add = (value: number, width: number): void => {
    for (let bit = width - 1; bit >= 0; bit--) bits.push((value >> bit) & 1);
  };
  add(bytes.length, wide);
  for (const byte of bytes) add(byte, 8);
  add(0, Math.min(4, 8 * length - bits.length));
  add(0, (8 - (bits.length % 8)) % 8);
  const data = Array.from({ length: bits.length / 8 }, (_, index) =>
    bits.slice(8 * index, 8 * index + 8).reduce((value, bit) => 2 * value + bit, 0),
  );
  for (let pad = 0xec; data.length < length; pad ^= 0xec ^ 0x11) data.push(pad);
  const [blocks, ec] = [at(BLOCKS, version - 1), at(EC_LENGTH, version - 1)];
  const [short, long] = [Math.floor(length / blocks), length % blocks];
  const parts: number[][] = [];
  for (let index = 0, from = 0; index < blocks; index++) {
    const until = from + short + (index >= blocks - long ? 1 : 0);
    parts.push(data.slice(from, until));
    from = until;
  }
  const checks = parts.map((part) => correction(part, ec));
  const inTurns = (all: number[][], most: number): number[] =>
    Array.from({ length: most }, (_, place) => all.flatMap((one) => one.slice(place, place + 1))).flat();
  return [...inTurns(parts, short + 1), ...inTurns(checks, ec)];
}

/** The bits of a number with the remainder of its division, so that a few of them may be misread. */
function guarded(value: number, width: number, generator: number): number {
  let rest = value;
  for (let index = 0; index < width; index++) rest = (rest << 1) ^ ((rest >> (width - 1)) * generator);
  return (value << width) | rest;
}

/** Draws patterns that hold no data, and keeps where they are. */
function patterns(version: number): { grid: Grid; fixed: Grid } {
  const size = sizeOf(version);
  const empty = (): Grid => Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  const [grid, fixed] = [empty(), empty()];
  const set = (row: number, column: number, dark: boolean): void => {
    if (row < 0 || column < 0 || row >= size || column >= size) return;
    at(grid, row)[column] = dark;
    at(fixed, row)[column] = true;
  };
  for (let index = 0; index < size; index++) {
    set(6, index, index % 2 === 0);
    set(index, 6, index % 2 === 0);
  }
  const rings = (row: number, column: number, reach: number, light: (ring: number) => boolean): void => {
    for (let down = -reach; down <= reach; down++)
      for (let right = -reach; right <= reach; right++)
        set(row + down, column + right, !light(Math.max(Math.abs(down), Math.abs(right))));
  };
  for (const [row, column] of [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ] as const)
    // prettier-ignore
    rings(row, column, 4, (ring) => ring === 2 || ring === 4);
  const lines = alignment(version);
  const corner = (index: number): boolean => index === 0 || index === lines.length - 1;
  lines.forEach((row, down) => {
    lines.forEach((column, right) => {
      const taken = corner(down) && corner(right) && !(down > 0 && right > 0);
      if (!taken) rings(row, column, 2, (ring) => ring === 1);
    });
  });
  return { grid, fixed };
}

/** Calls `set` for each module of the format and the version, with its bit. */
function information(version: number, mask: number, set: (row: number, column: number, dark: boolean) => void): void {
  const size = sizeOf(version);
  const format = guarded((LEVEL_M << 3) | mask, 10, 0x537) ^ 0x5412;
  for (let index = 0; index < 15; index++) {
    const dark = ((format >> index) & 1) === 1;
    const along = index < 6 ? index : index < 8 ? index + 1 : size - 15 + index;
    set(along, 8, dark);
    const across = index < 8 ? size - 1 - index : index === 8 ? 7 : 14 - index;
    set(8, across, dark);
  }
  set(size - 8, 8, true);
  if (version < 7) return;
  const numbered = guarded(version, 12, 0x1f25);
  for (let index = 0; index < 18; index++) {
    const [far, near] = [size - 11 + (index % 3), Math.floor(index / 3)];
    set(far, near, ((numbered >> index) & 1) === 1);
    set(near, far, ((numbered >> index) & 1) === 1);
  }
}

/** Where data goes, one bit after the other: up and down in pairs of columns, from the right. */
export function path(version: number, fixed: Grid): [number, number][] {
  const size = sizeOf(version);
  const found: [number, number][] = [];
  for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++)
      for (const column of [right, right - 1]) {
        const row = up ? size - 1 - step : step;
        if (!at(at(fixed, row), column)) found.push([row, column]);
      }
  }
  return found;
}

/** How hard a code is to read: long runs, squares, what looks like a corner, too much of one colour. */
function penalty(grid: Grid): number {
  const size = grid.length;
  const columns = grid.map((_, index) => grid.map((row) => at(row, index)));
  let total = 0;
  for (const line of [...grid, ...columns]) {
    const text = line.map((dark) => (dark ? "1" : "0")).join("");
    for (const run of text.match(/1{5,}|0{5,}/g) ?? []) total += run.length - 2;
    for (let from = 0; from <= size - 11; from++) {
      const seen = text.slice(from, from + 11);
      if (seen === "10111010000" || seen === "00001011101") total += 40;
    }
  }
  let dark = 0;
  grid.forEach((row, down) => {
    row.forEach((module, right) => {
      if (module) dark += 1;
      const square = [row[right + 1], grid[down + 1]?.[right], grid[down + 1]?.[right + 1]];
      if (square.every((other) => other === module)) total += 3;
    });
  });
  return total + 10 * Math.floor(Math.abs((dark * 20) / (size * size) - 10));
}

/** The version that a text needs. Throws where none takes it. */
function versionFor(length: number): number {
  for (let version = 1; version <= BLOCKS.length; version++)
    if (length + (version >= 10 ? 3 : 2) <= dataLength(version)) return version;
  throw new RangeError("This text is too long for a QR code.");
}

/** The modules of a QR code by row and column, true for dark ones; without the quiet zone around it. */
export function qrCode(text: string): Grid {
  const bytes = new TextEncoder().encode(text);
  const version = versionFor(bytes.length);
  const { grid, fixed } = patterns(version);
  information(version, 0, (row, column) => {
    at(fixed, row)[column] = true;
  });
  const words = filled(bytes, version);
  const places = path(version, fixed);
  const drawn = MASKS.map((mask, number) => {
    const copy = grid.map((row) => [...row]);
    places.forEach(([row, column], index) => {
      const bit = ((words[index >> 3] ?? 0) >> (7 - (index & 7))) & 1;
      at(copy, row)[column] = (bit === 1) !== mask(row, column);
    });
    information(version, number, (row, column, dark) => {
      at(copy, row)[column] = dark;
    });
    return copy;
  });
  return drawn.reduce((best, one) => (penalty(one) < penalty(best) ? one : best));
}
