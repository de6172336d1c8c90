"""FIT's base types: how wide each is, how it is read, and which value means "not measured"."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Base:
    """A base type: code, name, NumPy's and struct's letters, size in bytes, invalid value (None: NaN is invalid)."""

    code: int
    name: str
    numpy: str
    letter: str
    size: int
    invalid: int | None


STRING, BYTE = 7, 13

BASES = {
    base.code: base
    for base in (
        Base(0, "enum", "u1", "B", 1, 0xFF),
        Base(1, "sint8", "i1", "b", 1, 0x7F),
        Base(2, "uint8", "u1", "B", 1, 0xFF),
        Base(3, "sint16", "i2", "h", 2, 0x7FFF),
        Base(4, "uint16", "u2", "H", 2, 0xFFFF),
        Base(5, "sint32", "i4", "i", 4, 0x7FFFFFFF),
        Base(6, "uint32", "u4", "I", 4, 0xFFFFFFFF),
        Base(STRING, "string", "u1", "s", 1, 0),
        Base(8, "float32", "f4", "f", 4, None),
        Base(9, "float64", "f8", "d", 8, None),
        Base(10, "uint8z", "u1", "B", 1, 0),
        Base(11, "uint16z", "u2", "H", 2, 0),
        Base(12, "uint32z", "u4", "I", 4, 0),
        Base(BYTE, "byte", "u1", "B", 1, 0xFF),
        Base(14, "sint64", "i8", "q", 8, 0x7FFFFFFFFFFFFFFF),
        Base(15, "uint64", "u8", "Q", 8, 0xFFFFFFFFFFFFFFFF),
        Base(16, "uint64z", "u8", "Q", 8, 0),
    )
}
NAMED = {base.name: base for base in BASES.values()}
UINT8 = BASES[2]
#: How an integer is read whose declared type does not fit its size, by that size.
UNSIGNED = {1: BASES[2], 2: BASES[4], 4: BASES[6], 8: BASES[15]}
