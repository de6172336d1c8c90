"""Plans: how to read the messages of one definition; parsed once per definition, whatever file it comes from."""

import struct
from functools import cached_property, lru_cache
from typing import NamedTuple

from homestretch.formats.fit.wire.base import BASES, BYTE, STRING, UINT8, UNSIGNED, Base

type Value = int | float | str | tuple[int | float | None, ...] | tuple[str, ...]


_KNOWN_CODES = bytes(code for code in range(256) if code & 0x1F in BASES)


class Shape(NamedTuple):
    """How a field is written: byte order, base type, and how many elements (`width`)."""

    order: str
    base: Base
    width: int


class Place(NamedTuple):
    """How a field is written, and where in a message (0: the header byte)."""

    shape: Shape
    offset: int


class DeveloperField(NamedTuple):
    """A developer field: which application (`app`), which of its fields, where, and how many bytes."""

    app: int
    num: int
    offset: int
    size: int


def message_size(body: bytes) -> int:
    """Return the size of a message of this definition, header byte included."""
    split = 5 + 3 * body[4]
    return 1 + sum(body[6:split:3]) + sum(body[split + 2 :: 3])


def bad_base_type(body: bytes) -> bool:
    """Whether a definition names a base type that FIT does not have; such fields are read as bytes."""
    return bool(body[7 : 5 + 3 * body[4] : 3].translate(None, _KNOWN_CODES))


class _Reader(NamedTuple):
    """Reads single messages: a struct of all single integers, their field numbers and invalid values; what is left."""

    integers: struct.Struct
    nums: list[int]
    invalid: list[int]
    others: list[tuple[int, Place]]
    arrays: list[tuple[int, Place]]


class Plan:
    """How to read messages of one definition; `body` is the definition's bytes after its header byte."""

    def __init__(self, body: bytes) -> None:
        self.order = ">" if body[1] else "<"
        self.number = int.from_bytes(body[2:4], "big" if body[1] else "little")
        split, place = 5 + 3 * body[4], 1
        self.fields: list[tuple[int, Place]] = []
        for k in range(5, split, 3):
            num, size, code = body[k : k + 3]
            base = BASES.get(code & 0x1F)
            if base is None or size % base.size:
                base = UINT8
            if size:
                self.fields.append((num, Place(Shape(self.order, base, size // base.size), place)))
            place += size
        self.developer: list[DeveloperField] = []
        for k in range(split + 1, len(body), 3):
            num, size, app = body[k : k + 3]
            if size:
                self.developer.append(DeveloperField(app, num, place, size))
            place += size
        self.size = place

    @cached_property
    def _reader(self) -> _Reader:
        letters, nums, invalid, others, arrays, end = [self.order], [], [], [], [], 0
        for num, place in self.fields:
            (_, base, width), offset = place
            if base.code != STRING and width > 1:
                arrays.append((num, place))
            elif base.code == STRING or base.invalid is None:
                others.append((num, place))
            else:
                letters.append(f"{offset - end}x{base.letter}")
                nums.append(num)
                invalid.append(base.invalid)
                end = offset + base.size
        return _Reader(struct.Struct("".join(letters)), nums, invalid, others, arrays)

    def read(self, data: bytes, at: int, arrays: bool = True) -> dict[int, Value]:
        """Return the raw values of the message at byte `at` by field number, without those that are invalid."""
        numbers, nums, invalid, others, wide = self._reader
        values = zip(nums, numbers.unpack_from(data, at), invalid, strict=True)
        found: dict[int, Value] = {num: value for num, value, bad in values if value != bad}
        for num, place in others + wide if arrays else others:
            value = read_place(data, at, place)
            if value is not None:
                found[num] = value
        return found


@lru_cache(maxsize=2048)
def plan_of(body: bytes) -> Plan:
    """Return the plan of a definition."""
    return Plan(body)


def developer_place(order: str, field: DeveloperField, declared: int) -> Place:
    """Return where and how a developer field is read: as declared if that fits its size, else as unsigned integers."""
    base = BASES.get(declared & 0x1F, UINT8)
    if field.size % base.size:
        base = UNSIGNED.get(field.size, UINT8)
    return Place(Shape(order, base, field.size // base.size), field.offset)


def read_place(data: bytes, at: int, place: Place) -> Value | None:
    """Return a field's raw value in the message at byte `at`: a number, text, or a tuple; None if it is invalid."""
    (order, base, width), offset = place
    at += offset
    if base.code == STRING:
        return _text(data[at : at + width])
    values: tuple[int | float, ...] = struct.unpack_from(f"{order}{width}{base.letter}", data, at)
    if base.code == BYTE and len(values) > 1:
        return values if any(v != 0xFF for v in values) else None
    cleaned = tuple(None if v == base.invalid or v != v else v for v in values)  # noqa: PLR0124  (NaN)
    if all(v is None for v in cleaned):
        return None
    return cleaned[0] if len(cleaned) == 1 else cleaned


def _text(raw: bytes) -> Value | None:
    """Return the text up to the padding: a tuple where the field holds several strings."""
    texts = raw.decode("utf-8", errors="replace").rstrip("\0").split("\0")
    if len(texts) > 1:
        return tuple(texts)
    return texts[0] or None
