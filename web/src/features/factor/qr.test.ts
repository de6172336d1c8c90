import { expect, test } from "vitest";

import { alignment, path, qrCode, times } from "./qr";

const EC = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];
/** The eight formats of level M, as the standard's table C.1 has them. */
const FORMATS = [0x5412, 0x5125, 0x5e7c, 0x5b4b, 0x45f9, 0x40ce, 0x4f97, 0x4aa0];
const MASKS: ((i: number, j: number) => number)[] = [
  (i, j) => (i + j) % 2,
  (i) => i % 2,
  (_, j) => j % 3,
  (i, j) => (i + j) % 3,
  (i, j) => ((i >> 1) + Math.floor(j / 3)) % 2,
  (i, j) => ((i * j) % 2) + ((i * j) % 3),
  (i, j) => (((i * j) % 2) + ((i * j) % 3)) % 2,
  (i, j) => (((i + j) % 2) + ((i * j) % 3)) % 2,
];

/** Which modules hold no data: corners with their format, timing, alignment and version. */
function reserved(size: number): boolean[][] {
  const version = (size - 17) / 4;
  const middles = alignment(version);
  const pattern = (row: number, column: number): boolean =>
    middles.some((y) =>
      middles.some((x) => {
        const corner = (y === 6 && x === 6) || (y === 6 && x === size - 7) || (x === 6 && y === size - 7);
        return !corner && Math.abs(y - row) <= 2 && Math.abs(x - column) <= 2;
      }),
    );
  const numbered = (a: number, b: number): boolean => version >= 7 && a < 6 && b >= size - 11;
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => {
      const corner = (row < 9 || row >= size - 8) && (column < 9 || column >= size - 8);
      const fourth = row >= size - 8 && column >= size - 8;
      const timing = row === 6 || column === 6;
      const more = pattern(row, column) || numbered(row, column) || numbered(column, row);
      return (corner && !fourth) || timing || more;
    }),
  );
}

/** Read a code as a camera would: the format, the mask taken off, blocks apart and checked, the bytes. */
function read(grid: boolean[][]): string {
  const size = grid.length;
  const version = (size - 17) / 4;
  const dark = (row: number, column: number): number => (grid[row]?.[column] ? 1 : 0);
  let format = 0;
  for (let index = 14; index >= 0; index--) {
    const column = index < 8 ? size - 1 - index : index === 8 ? 7 : 14 - index;
    format = 2 * format + dark(8, column);
  }
  const mask = MASKS[FORMATS.indexOf(format)];
  if (mask === undefined) throw new Error("no format");
  const bits = path(version, reserved(size)).map(
    ([row, column]) => dark(row, column) ^ Number(mask(row, column) === 0),
  );
  const words = Array.from({ length: Math.floor(bits.length / 8) }, (_, index) =>
    Number.parseInt(bits.slice(8 * index, 8 * index + 8).join(""), 2),
  );
  const [count, ec] = [BLOCKS[version - 1] ?? 0, EC[version - 1] ?? 0];
  const total = words.length - count * ec;
  const lengths = Array.from({ length: count }, (_, index) => Math.floor((total + index) / count));
  const blocks: number[][] = lengths.map(() => []);
  let next = 0;
  for (let place = 0; place < Math.max(...lengths); place++)
    blocks.forEach((block, index) => {
      if (place < (lengths[index] ?? 0)) block.push(words[next++] ?? 0);
    });
  const data = blocks.flatMap((block) => [...block]);
  for (let place = 0; place < ec; place++) for (const block of blocks) block.push(words[next++] ?? 0);
  for (const block of blocks)
    for (let power = 0, root = 1; power < ec; power++, root = times(root, 2))
      expect(block.reduce((sum, word) => times(sum, root) ^ word, 0)).toBe(0);
  const stream = data.map((word) => word.toString(2).padStart(8, "0")).join("");
  const wide = version >= 10 ? 16 : 8;
  const length = Number.parseInt(stream.slice(4, 4 + wide), 2);
  const bytes = Array.from({ length }, (_, index) =>
    Number.parseInt(stream.slice(4 + wide + 8 * index, 12 + wide + 8 * index), 2),
  );
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

test.each([1, 14, 15, 40, 106, 107, 152, 213, 300, 450, 663])(
  "what is drawn of %i bytes can be read again",
  (length) => {
    const text = Array.from({ length }, (_, index) => String.fromCharCode(33 + ((index * 31 + length) % 90))).join("");
    expect(read(qrCode(text))).toBe(text);
  },
);

test("names in any script can be read again", () => {
  const text = "otpauth://totp/Homestretch:Žofie 走る?secret=ABC";
  expect(read(qrCode(text))).toBe(text);
});

test("what is too long is not drawn", () => {
  expect(() => qrCode("x".repeat(667))).toThrow(RangeError);
});
