"""Plans: how to read the messages of one definition; parsed once per definition, whatever file it comes from."""

import struct
from functools import cached_property, lru_cache
from typing import NamedTuple

from homestretch.formats.fit.base import BASES, BYTE, STRING, UINT8, UNSIGNED, Base

type Value = int | float | str | tuple[int | float | None, ...] | tuple[str, ...]


class Field(NamedTuple):
    """A field of a message: number, base type, where it lies (0: the header byte), bytes and elements (`width`)."""

    num: int
    base: Base
    offset: int
    size: int
    width: int


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


class Plan:
    """How to read messages of one definition; `body` is the definition's bytes after its header byte."""

    def __init__(self, body: bytes) -> None:
        self.order = ">" if body[1] else "<"
        self.number = int.from_bytes(body[2:4], "big" if body[1] else "little")
        split, place = 5 + 3 * body[4], 1
        fields: list[Field] = []
        self.sound = True
        for k in range(5, split, 3):
            num, size, code = body[k : k + 3]
            base = BASES.get(code & 0x1F)
            self.sound &= base is not None
            if base is None or size % base.size:
                base = UINT8
            fields.append(Field(num, base, place, size, size // base.size))
            place += size
        self.developer: list[DeveloperField] = []
        for k in range(split + 1, len(body), 3):
            num, size, app = body[k : k + 3]
            self.developer.append(DeveloperField(app, num, place, size))
            place += size
        self.fields = [f for f in fields if f.size]
        self.size = place

    @cached_property
    def _scalars(self) -> tuple[struct.Struct, list[tuple[int, int]], list[Field]]:
        """Return a reader of the plain integers, their numbers and invalid values, and all other fields."""
        letters, plain, others, place = [self.order], [], [], 0
        for field in self.fields:
            if field.width != 1 or field.base.code == STRING or field.base.invalid is None:
                others.append(field)
                continue
            letters.append(f"{field.offset - place}x{field.base.letter}")
            plain.append((field.num, field.base.invalid))
            place = field.offset + field.size
        return struct.Struct("".join(letters)), plain, others

    def read(self, data: bytes, at: int) -> dict[int, Value]:
        """Return the raw values of the message at byte `at` by field number, without those that are invalid."""
        reader, plain, others = self._scalars
        found: dict[int, Value] = {
            num: value
            for (num, invalid), value in zip(plain, reader.unpack_from(data, at), strict=True)
            if value != invalid
        }
        for field in others:
            value = read_field(data, at + field.offset, field.size, field.base, self.order)
            if value is not None:
                found[field.num] = value
        return found


@lru_cache(maxsize=2048)
def plan_of(body: bytes) -> Plan:
    """Return the plan of a definition."""
    return Plan(body)


def developer_base(declared: int, size: int) -> Base:
    """Return how a developer field of `size` bytes is read: as declared if that fits, else as an unsigned integer."""
    base = BASES.get(declared & 0x1F, UINT8)
    if base.code == STRING or (size and size % base.size == 0):
        return base
    return UNSIGNED.get(size, UINT8)


def read_field(data: bytes, at: int, size: int, base: Base, order: str) -> Value | None:
    """Return one field's raw value: a number, text, or a tuple (None where an element is invalid); None if all are."""
    if base.code == STRING:
        return _text(data[at : at + size])
    values: tuple[int | float, ...] = struct.unpack_from(f"{order}{size // base.size}{base.letter}", data, at)
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
