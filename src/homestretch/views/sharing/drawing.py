"""Draws the picture of a shared activity.

It is drawn twice as large and made smaller, so that its lines are smooth. The font is Inter, which the build puts
beside the web app; characters that it does not have, such as emoji, are left out.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from homestretch import files
from homestretch.errors import HomestretchError
from homestretch.views.sharing.sheet import SIZES, Line, Shape, Sheet, Value

type Font = ImageFont.FreeTypeFont
type Point = tuple[float, float]

FONT = Path(__file__).parents[2] / "static" / "fonts" / "inter.ttf"
GROUND, INK, FAINT = "#101815", "#f1f5f2", "#9fada6"
#: The most bytes of a font.
LARGEST_FONT = 5_000_000
#: The colours of sports on dark ground (web/src/app/style.css).
TONES = {"ride": "#62aef2", "run": "#ff8f5e", "walk": "#a6cf62", "swim": "#55c9dd", "row": "#d9b850", "ski": "#aaa6ff"}
OTHER = "#4cc9a4"
#: How many numbers there is room for, by how many stand beside each other.
MOST = {1: 4, 2: 4, 3: 6}
#: How large a title is written, from as it should be to as it may be where it is long; it has two lines.
TITLES_PX, TITLE_LINES, CUT = (52, 46, 40, 36), 2, "…"
#: How much larger it is drawn than it is.
LARGER = 2


class NotBuilt(HomestretchError):
    """The web app is not built, and its font is missing. Run `make setup`."""

    status = 503


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the picture, px."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Return how wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return how high it is."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the words, the way, the profile and the numbers are; how large and how many beside each other these are."""

    words: Box
    way: Box
    profile: Box
    values: Box
    number_px: int
    columns: int


def draw(sheet: Sheet, shape: Shape) -> bytes:
    """Return the picture of an activity, a PNG. Raises NotBuilt."""
    width, height = SIZES[shape]
    image = Image.new("RGB", (width * LARGER, height * LARGER), GROUND)
    pen = Pen(image, TONES.get(sheet.family, OTHER))
    layout = _layout(sheet, shape)
    _words(pen, sheet, layout.words)
    if sheet.heights is not None:
        pen.profile(sheet.heights, layout.profile)
    if sheet.ways:
        pen.ways(sheet.ways, layout.way)
    _values(pen, sheet.values, layout)
    mark = Box(layout.words.left, 0, width - layout.words.left, height)
    pen.text("Homestretch", (mark.right, height - _foot(shape)), 24, FAINT, anchor="rs")
    kept = io.BytesIO()
    image.reduce(LARGER).save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _foot(shape: Shape) -> int:
    return 300 if shape == "tall" else 36


def _layout(sheet: Sheet, shape: Shape) -> Layout:
    """Return where things are; what has no way and no profile leaves its room to the numbers."""
    width, height = SIZES[shape]
    drawn, high = bool(sheet.ways), sheet.heights is not None
    bare = not drawn and not high
    if shape == "wide":
        left = Box(64, 60, width - 64 if bare else 640, 240)
        way = Box(712, 72, width - 72, 400 if high else 556)
        profile = Box(704, 432 if drawn else 160, width - 64, 560)
        return Layout(left, way, profile, Box(left.left, 300, left.right, 580), 84 if bare else 64, 2)
    top, low = (240, height - 350) if shape == "tall" else (72, height - 84)
    words, rows = Box(72, top, width - 72, top + 170), (min(len(sheet.values), 6) + 2) // 3
    values = Box(72, low - 110 * rows, width - 72, low)
    room = Box(96, words.bottom + 30, width - 96, values.top - 40)
    split = room.bottom - (150 if drawn else room.height * 0.6) if high else room.bottom
    return Layout(
        words, Box(room.left, room.top, room.right, split - 40 if high else split),
        Box(72, split, width - 72, room.bottom), values, 100 if bare else 56, 1 if bare else 3,
    )  # fmt: skip


def _words(pen: "Pen", sheet: Sheet, box: Box) -> None:
    title = pen.known(sheet.title) or pen.known(sheet.line)
    whole = (size for size in TITLES_PX if not pen.wrapped(title, size, box.width)[-1].endswith(CUT))
    size = next(whole, TITLES_PX[-1])
    y = box.top
    for line in pen.wrapped(title, size, box.width):
        y += size * 1.2
        pen.text(line, (box.left, y - size * 0.3), size, INK)
    pen.text(pen.known(sheet.line), (box.left, y + 36), 28, FAINT)


def _values(pen: "Pen", values: Sequence[Value], layout: Layout) -> None:
    """Draw the numbers, from below: as many rows as they need, all as large as the longest allows."""
    shown = values[: MOST[layout.columns]]
    box, columns = layout.values, min(layout.columns, max(1, len(shown)))
    room = box.width / columns - 24
    size = layout.number_px
    while size > 24 and any(pen.width(one.number, size) + _unit_width(pen, one, size) > room for one in shown):
        size -= 2
    rows = -(-len(shown) // columns)
    for at, value in enumerate(shown):
        row, column = divmod(at, columns)
        x, y = box.left + column * box.width / columns, box.bottom - (rows - 1 - row) * size * 1.75 - 8
        pen.text(value.number, (x, y), size, INK)
        pen.text(value.unit, (x + pen.width(value.number, size) + size * 0.18, y), size * 0.5, FAINT)


def _unit_width(pen: "Pen", value: Value, size: float) -> float:
    return size * 0.18 + pen.width(value.unit, size * 0.5)


class Pen:
    """Draws on a picture that is LARGER than it will be; its measures are those of the picture as it will be."""

    def __init__(self, image: Image.Image, tone: str) -> None:
        self._pen = ImageDraw.Draw(image, "RGBA")
        self._tone = tone

    def text(self, text: str, at: Point, size: float, colour: str, anchor: str = "ls") -> None:
        """Write a line; `at` is where it begins on its baseline."""
        self._pen.text((at[0] * LARGER, at[1] * LARGER), text, colour, _font(round(size * LARGER)), anchor)

    def width(self, text: str, size: float) -> float:
        """Return how wide a line is."""
        return _font(round(size * LARGER)).getlength(text) / LARGER

    def known(self, text: str) -> str:
        """Return a text without the characters that the font does not have."""
        return " ".join("".join(letter for letter in text if letter.isspace() or _has(letter)).split())

    def wrapped(self, text: str, size: float, width: float, most: int = TITLE_LINES) -> list[str]:
        """Return the lines of a text, the last one cut off where it is too long."""
        lines: list[str] = []
        rest = text
        while rest and len(lines) < most - 1:
            line, rest = self._line(rest, size, width)
            lines.append(line)
        return [*lines, self._cut(rest, size, width)] if rest else lines

    def _line(self, text: str, size: float, width: float) -> tuple[str, str]:
        words = text.split(" ")
        count = len(words)
        while count > 1 and self.width(" ".join(words[:count]), size) > width:
            count -= 1
        line, rest = " ".join(words[:count]), " ".join(words[count:])
        return self._cut(line, size, width), rest

    def _cut(self, text: str, size: float, width: float) -> str:
        if self.width(text, size) <= width:
            return text
        while text and self.width(text + CUT, size) > width:
            text = text[:-1]
        return text.rstrip() + CUT

    def ways(self, ways: Sequence[Line], box: Box) -> None:
        """Draw the parts of a track as large as the box allows, north upwards."""
        put = _fitted([point for way in ways for point in way], box)
        for colour, thick in ((f"{self._tone}40", 16), (self._tone, 6)):
            for way in ways:
                self._stroke([put(point) for point in way], colour, thick)

    def _stroke(self, points: Sequence[Point], colour: str, thick: float) -> None:
        large = [(x * LARGER, y * LARGER) for x, y in points]
        self._pen.line(large, colour, round(thick * LARGER), joint="curve")
        if len(colour) > len("#rrggbb"):
            return  # what shines through would be darker where an end lies on the line
        for x, y in (large[0], large[-1]):
            half = thick * LARGER / 2
            self._pen.ellipse((x - half, y - half, x + half, y + half), colour)

    def profile(self, heights: Line, box: Box) -> None:
        """Draw heights over the way; what is nearly flat is not made steep."""
        (first, last), low = (heights[0][0], heights[-1][0]), min(y for _, y in heights)
        span = max(max(y for _, y in heights) - low, 40.0)
        wide = (last - first) or 1.0
        across, upwards = box.width / wide, box.height / span
        line = [
            ((box.left + (x - first) * across) * LARGER, (box.bottom - (y - low) * upwards) * LARGER)
            for x, y in heights
        ]
        ground = box.bottom * LARGER
        self._pen.polygon([(line[0][0], ground), *line, (line[-1][0], ground)], f"{self._tone}38")
        self._pen.line(line, f"{self._tone}c0", 3 * LARGER, joint="curve")


def _fitted(points: Sequence[Point], box: Box) -> Callable[[Point], Point]:
    """Return what puts points of a plane into the middle of a box, y upwards."""
    low_x, high_x = min(x for x, _ in points), max(x for x, _ in points)
    low_y, high_y = min(y for _, y in points), max(y for _, y in points)
    scale = min(box.width / max(high_x - low_x, 1.0), box.height / max(high_y - low_y, 1.0))
    middle_x, middle_y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return lambda point: (
        middle_x + (point[0] - (low_x + high_x) / 2) * scale,
        middle_y - (point[1] - (low_y + high_y) / 2) * scale,
    )


@cache
def _font(size: int) -> Font:
    return ImageFont.truetype(io.BytesIO(_font_file()), size)


@cache
def _font_file() -> bytes:
    try:
        return files.read(FONT, LARGEST_FONT)
    except FileNotFoundError as missing:
        raise NotBuilt from missing


@cache
def _has(letter: str) -> bool:
    """Return whether the font has a character: what it has not looks like one that is in no font."""
    font = _font(24)
    return letter.isascii() or bytes(font.getmask(letter)) != bytes(font.getmask("\U0010fffd"))
