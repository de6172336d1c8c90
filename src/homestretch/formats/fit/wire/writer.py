"""The writer: FIT messages, one by one or as columns, to the bytes of a file with header and checksums."""

import struct
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from fastcrc import crc16

from homestretch.formats.fit.wire.base import NAMED, STRING, Base

#: Protocol 2.0 (it has developer fields), and the profile version that we write by.
_PROTOCOL, _PROFILE = 0x20, 2171
#: The local types kept for columns; the others go round among single messages.
COLUMNS, MORE_COLUMNS = 15, 14

#: A message: base type name and value by field number; None is invalid, a tuple is an array.
type Fields = Mapping[int, tuple[str, Any]]


class Column(NamedTuple):
    """A field over many messages: number, base type, its values (n,) or (n, width), and its application if any."""

    num: int
    base: Base
    values: np.ndarray[Any, Any]
    app: int | None = None

    @property
    def bytes(self) -> int:
        """The field's size in each message."""
        return self.base.size * (self.values.shape[1] if self.values.ndim > 1 else 1)


class Rows(NamedTuple):
    """Messages of one kind, end to end, each of `size` bytes."""

    raw: bytes
    size: int

    def between(self, start: int, stop: int) -> bytes:
        """Return the bytes of the messages from one to before another."""
        return self.raw[start * self.size : stop * self.size]


class Writer:
    """Builds one FIT file; `order` is `<` or, as old devices had it, `>`; `profile` is the version to write by."""

    def __init__(self, order: str = "<", profile: int = _PROFILE) -> None:
        self.order, self.profile = order, profile
        self._chunks: list[bytes] = []
        self._locals: dict[bytes, int] = {}
        self._columns: bytes | None = None
        self._next = 0

    def message(self, number: int, fields: Fields) -> None:
        """Add one message, its definition first where it is new."""
        cells = [(num, NAMED[name], packed(NAMED[name], value, self.order)) for num, (name, value) in fields.items()]
        body = self._body(number, [(num, base, len(raw)) for num, base, raw in cells])
        local = self._locals.get(body)
        if local is None:
            local, self._next = self._next, (self._next + 1) % MORE_COLUMNS
            self._locals = {known: place for known, place in self._locals.items() if place != local} | {body: local}
            self._chunks.append(bytes((0x40 | local,)) + body)
        self._chunks.append(bytes((local,)) + b"".join(raw for _, _, raw in cells))

    def rows(self, number: int, columns: Sequence[Column], local: int = COLUMNS) -> "Rows":
        """Return many messages of one kind, to be added bit by bit; their definition is added now."""
        columns = sorted(columns, key=lambda column: column.app is not None)
        foreign = [column for column in columns if column.app is not None]
        body = self._body(number, [(c.num, c.base, c.bytes) for c in columns if c.app is None])
        if foreign:
            body += bytes((len(foreign),)) + b"".join(bytes((c.num, c.bytes, c.app or 0)) for c in foreign)
        self._chunks.append(bytes((0x40 | (0x20 if foreign else 0) | local,)) + body)
        kinds = [(str(k), self.order + c.base.numpy, c.values.shape[1:]) for k, c in enumerate(columns)]
        table = np.empty(len(columns[0].values), np.dtype([("head", "u1"), *kinds]))
        table["head"] = local
        for k, column in enumerate(columns):
            table[str(k)] = column.values
        return Rows(table.tobytes(), table.itemsize)

    def add_raw(self, raw: bytes) -> None:
        """Add bytes as they are."""
        self._chunks.append(raw)

    def _body(self, number: int, fields: Sequence[tuple[int, Base, int]]) -> bytes:
        head = struct.pack(f"{self.order}BBHB", 0, self.order == ">", number, len(fields))
        return head + b"".join(
            bytes((num, size, base.code | (0x80 if base.size > 1 else 0))) for num, base, size in fields
        )

    def file(self) -> bytes:
        """Return the whole file."""
        data = b"".join(self._chunks)
        head = struct.pack("<BBHI4s", 14, _PROTOCOL, self.profile, len(data), b".FIT")
        whole = head + struct.pack("<H", crc16.arc(head)) + data
        return whole + struct.pack("<H", crc16.arc(whole))


def packed(base: Base, value: Any, order: str) -> bytes:
    """Return a field's bytes; text is cut to fit and ends in a zero, what does not fit its base type is invalid."""
    if base.code == STRING:
        return str(value).encode()[:254].decode(errors="ignore").encode() + b"\0"
    values = value if isinstance(value, tuple) else (value,)
    return b"".join(struct.pack(order + base.letter, _fitting(base, one)) for one in values)


def _fitting(base: Base, value: Any) -> float | int:
    if base.invalid is None:
        return float("nan") if value is None else float(value)
    low, high = _limits(base)
    return base.invalid if value is None or not low <= round(value) <= high else round(value)


def _limits(base: Base) -> tuple[int, int]:
    details = np.iinfo(base.numpy)
    return int(details.min), int(details.max)


def fitting(base: Base, values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return float values (NaN: missing) as the base type holds them; what does not fit is invalid."""
    if base.invalid is None:
        floats = values.astype(base.numpy)
        floats.view(f"u{base.size}")[np.isnan(values)] = np.iinfo(f"u{base.size}").max
        return floats
    low, high = _limits(base)
    whole = np.rint(values)
    sound = (whole >= low) & (whole <= high)
    out = np.full(len(values), base.invalid, base.numpy)
    out[sound] = whole[sound].astype(base.numpy)
    return out


def description(app: int, num: int, base: Base, name: str, unit: str) -> Fields:
    """Return the fields of the message that describes a developer field."""
    code = base.code | (0x80 if base.size > 1 else 0)
    return {
        0: ("uint8", app),
        1: ("uint8", num),
        2: ("uint8", code),
        3: ("string", name),
        8: ("string", unit),
    }
