"""FIT's base types: how wide each is, how it is read, and which value means "not measured"."""

from typing import NamedTuple


class Base(NamedTuple):
    """A base type: its code, NumPy and struct letters, size in bytes, invalid value (None where NaN is invalid)."""

    code: int
    numpy: str
    letter: str
    size: int
    invalid: int | None


STRING, BYTE = 7, 13

BASES = {
    base.code: base
    for base in (
        Base(0, "u1", "B", 1, 0xFF),
        Base(1, "i1", "b", 1, 0x7F),
        Base(2, "u1", "B", 1, 0xFF),
        Base(3, "i2", "h", 2, 0x7FFF),
        Base(4, "u2", "H", 2, 0xFFFF),
        Base(5, "i4", "i", 4, 0x7FFFFFFF),
        Base(6, "u4", "I", 4, 0xFFFFFFFF),
        Base(STRING, "u1", "s", 1, 0),
        Base(8, "f4", "f", 4, None),
        Base(9, "f8", "d", 8, None),
        Base(10, "u1", "B", 1, 0),
        Base(11, "u2", "H", 2, 0),
        Base(12, "u4", "I", 4, 0),
        Base(BYTE, "u1", "B", 1, 0xFF),
        Base(14, "i8", "q", 8, 0x7FFFFFFFFFFFFFFF),
        Base(15, "u8", "Q", 8, 0xFFFFFFFFFFFFFFFF),
        Base(16, "u8", "Q", 8, 0),
    )
}
UINT8 = BASES[2]
#: How an integer is read whose declared type does not fit its size, by that size.
UNSIGNED = {1: BASES[2], 2: BASES[4], 4: BASES[6], 8: BASES[15]}
