"""XML by arrays: all tags of a regular file at once, its points as cells and the rest as a small skeleton.

Regular is what programs write: UTF-8, no comments, no CDATA, no processing instructions, no `>` in texts,
well nested. `scan` says None to all else, which the tree parser then reads.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from homestretch.formats._cells import WIDEST, Cells, Indices, Points, Texts

#: Stands in the skeleton for a run of points.
MARKER = "homestretch-points"
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
#: `<!` begins a comment, CDATA or a document type, `<?` an instruction.
_NOT_TAGS = np.frombuffer(b"!?", dtype=np.uint8)
_MOST_NAMES = 4096
_DEEPEST = 120
_PAD = bytes(WIDEST + 16)
_HASH_BITS = 18
_ODD = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5)
_ONES, _HIGHS, _SPACES = (np.uint64(0x0101010101010101 * byte) for byte in (0x01, 0x80, 0x20))
_FULL = np.uint64(2**64 - 1)

type Words = NDArray[np.uint64]
type Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """A regular file: its points, and the bytes without them, a marker element (`from`, `to`) for each run."""

    points: Points
    skeleton: bytes


@dataclass(frozen=True, slots=True, eq=False)
class _Tags:
    """All tags: where `<` and `>` stand, whether it is an end or an empty one, and which name it has."""

    data: bytes
    buffer: NDArray[np.uint8]
    opens: Indices
    closes: Indices
    ends: Flags
    empty: Flags
    name: NDArray[np.int16]
    names: dict[str, int]


def scan(data: bytes, point: str, wanted: Collection[str], attributes: tuple[str, ...] = ()) -> Scan | None:
    """Return the file's points (elements `point`, with all `attributes` or irregular), or None if irregular.

    Of each point the leaves `wanted` are read, by local name, however deep they lie.
    """
    tags = _tags(data) if _plain(data) else None
    if tags is None or not _nested(tags):
        return None
    spans = _point_spans(tags, point)
    if spans is None:
        return None
    first, last = spans
    if _entities_within(tags, first, last):
        return None
    cells = _leaves(tags, first, last, wanted)
    if attributes and len(first):
        found = _attributes(tags, first, attributes)
        if found is None:
            return None
        cells |= found
    return Scan(Points(len(first), cells), _skeleton(tags, first, last))


def says_utf8(data: bytes) -> bool:
    """Return whether a document says that its letters are UTF-8, or nothing of them, which means the same."""
    declared = _DECLARED.match(data)
    return declared is None or declared[1].lower() in {b"utf-8", b"utf8", b"us-ascii", b"ascii"}


def _plain(data: bytes) -> bool:
    """Return whether bytes can be scanned as they stand."""
    if data[:1] != b"<" or not says_utf8(data):
        return False
    if not data.isascii():
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            return False
    return True


def _tags(data: bytes) -> _Tags | None:
    buffer = np.frombuffer(data + _PAD, dtype=np.uint8)
    opens, closes = np.flatnonzero(buffer == ord("<")), np.flatnonzero(buffer == ord(">"))
    if len(opens) != len(closes) or (opens >= closes).any() or (closes[:-1] >= opens[1:]).any():
        return None
    if data.startswith(b"<?"):
        opens, closes = opens[1:], closes[1:]
    if len(opens) == 0 or np.isin(buffer[opens + 1], _NOT_TAGS).any() or _has_control(buffer[: len(data)]):
        return None
    ends, empty = buffer[opens + 1] == ord("/"), buffer[closes - 1] == ord("/")
    named = _names(data, buffer, opens + 1 + ends, closes)
    if named is None:
        return None
    return _Tags(data, buffer, opens, closes, ends, empty & ~ends, *named)


def _has_control(buffer: NDArray[np.uint8]) -> bool:
    """Return whether there are characters that XML forbids."""
    allowed = sum(int(np.count_nonzero(buffer == c)) for c in b"\t\n\r")
    return int(np.count_nonzero(buffer < ord(" "))) != allowed


def _names(
    data: bytes, buffer: NDArray[np.uint8], begin: Indices, end: Indices
) -> tuple[NDArray[np.int16], dict[str, int]] | None:
    """Return which name each tag has, shape (t,), and the names; None for too many different tags.

    Tags are distinguished by their first 8 bytes (cut at a space: what follows are attributes), their last 8
    and their length, hashed into a table; only one of each kind is looked at as text.
    """
    first, last, length = _keys(buffer, begin, end)
    for odd in (_ODD[:2], _ODD[2:]):
        mixed = first * np.uint64(odd[0]) ^ (last + length.astype(np.uint64)) * np.uint64(odd[1])
        slot = (mixed ^ mixed >> np.uint64(29)) * np.uint64(odd[0]) >> np.uint64(64 - _HASH_BITS)
        table = np.empty(1 << _HASH_BITS, dtype=np.intp)
        table[slot] = np.arange(len(slot))
        chosen = table[slot]
        if (first[chosen] == first).all() and (last[chosen] == last).all() and (length[chosen] == length).all():
            break
    else:
        return None
    kinds = np.flatnonzero(chosen == np.arange(len(chosen)))
    if len(kinds) > _MOST_NAMES:
        return None
    names: dict[str, int] = {}
    code = np.empty(1 << _HASH_BITS, dtype=np.int16)
    for kind in kinds.tolist():
        words = data[begin[kind] : end[kind]].rstrip(b"/").split(None, 1)
        if not words:
            return None
        code[slot[kind]] = names.setdefault(words[0].decode("utf-8"), len(names))
    return code[slot], names


def _keys(buffer: NDArray[np.uint8], begin: Indices, end: Indices) -> tuple[Words, Words, Indices]:
    """Return the first and last 8 bytes and the length of spans; only the first up to a space, if one is there."""
    word: Words = np.ndarray((len(buffer) - 7,), dtype="<u8", buffer=buffer.data, strides=(1,))
    length = end - begin
    first = word[begin] & _FULL >> (64 - 8 * np.minimum(length, 8)).astype(np.uint64)
    spaces = first ^ _SPACES
    spaces = (spaces - _ONES) & ~spaces & _HIGHS
    cut = spaces != 0
    first = np.where(cut, first & (((spaces & (~spaces + np.uint64(1))) >> np.uint64(7)) - np.uint64(1)), first)
    last = np.where(cut | (length <= 8), np.uint64(0), word[np.maximum(end - 8, 0)])
    return first, last, np.where(cut, 0, length)


def _nested(tags: _Tags) -> bool:
    """Return whether every end tag closes the start tag it should."""
    whole = np.flatnonzero(~tags.empty)
    ends = tags.ends[whole]
    depth = np.cumsum(np.where(ends, -1, 1))
    if len(depth) == 0 or depth[-1] != 0 or depth.min() < 0 or depth.max() > _DEEPEST or (depth[:-1] == 0).any():
        return False
    order = np.argsort((depth + ends).astype(np.int8), kind="stable")
    names, ends = tags.name[whole][order], ends[order]
    return bool((names[::2] == names[1::2]).all() and ends[1::2].all() and not ends[::2].any())


def _local(tags: _Tags, local: str) -> Flags:
    """Return which tags have a local name, whatever their prefix."""
    codes = [code for name, code in tags.names.items() if name.rpartition(":")[2] == local]
    if not codes:
        return np.zeros(len(tags.name), dtype=bool)
    found = np.asarray(tags.name == codes[0])
    for code in codes[1:]:
        found |= tags.name == code
    return found


def _point_spans(tags: _Tags, point: str) -> tuple[Indices, Indices] | None:
    """Return the first and last tag of every point; None where points lie in points."""
    mine = _local(tags, point)
    first, last = np.flatnonzero(mine & ~tags.ends), np.flatnonzero(mine & (tags.ends | tags.empty))
    if len(first) != len(last) or (first > last).any() or (last[:-1] >= first[1:]).any():
        return None
    return first, last


def _entities_within(tags: _Tags, first: Indices, last: Indices) -> bool:
    if b"&" not in tags.data or len(first) == 0:
        return False
    at = np.flatnonzero(tags.buffer == ord("&"))
    point = np.searchsorted(tags.opens[first], at, "right") - 1
    return bool(((point >= 0) & (at < tags.closes[last[point]])).any())


def _leaves(tags: _Tags, first: Indices, last: Indices, wanted: Collection[str]) -> dict[str, Cells]:
    if len(first) == 0:
        return {}
    leaf = np.flatnonzero(~tags.ends[:-1] & ~tags.empty[:-1] & tags.ends[1:])
    point = np.searchsorted(first, leaf, "right") - 1
    inside = (point >= 0) & (leaf < last[point])
    leaf, point = leaf[inside], point[inside]
    cells = {}
    for local in {name.rpartition(":")[2] for name in tags.names} & set(wanted):
        mine = _local(tags, local)[leaf]
        if mine.any():
            begin, end = tags.closes[leaf[mine]] + 1, tags.opens[leaf[mine] + 1]
            cells[local] = _cells(tags.buffer, point[mine], begin, end)
    return cells


def _cells(buffer: NDArray[np.uint8], at: Indices, begin: Indices, end: Indices) -> Cells:
    length = end - begin
    if length.max() > WIDEST:
        short = length <= WIDEST
        at, begin, length = at[short], begin[short], length[short]
    return Cells(at, _texts(buffer, begin, length))


def _texts(buffer: NDArray[np.uint8], begin: Indices, length: Indices) -> Texts:
    width = max(int(length.max(initial=1)), 1)
    window: NDArray[Any] = np.ndarray((len(buffer) - width + 1, width), np.uint8, buffer.data, strides=(1, 1))
    rows = window[begin]
    if (length != width).any():
        rows *= np.arange(width) < length[:, None]
    return np.asarray(rows.view(f"S{width}").ravel())


def _attributes(tags: _Tags, first: Indices, attributes: tuple[str, ...]) -> dict[str, Cells] | None:
    """Return the points' attributes, which each must have, all of them, and no others, in one order."""
    quotes = np.flatnonzero(tags.buffer == ord('"'))
    count = 2 * len(attributes)
    begin, end = tags.opens[first], tags.closes[first]
    start = np.searchsorted(quotes, begin)
    if (np.searchsorted(quotes, end) - start != count).any():
        return None
    at = quotes[start[:, None] + np.arange(count)]
    cells = {}
    for opening, closing in zip(at[:, ::2].T, at[:, 1::2].T, strict=True):
        name = next((a for a in attributes if _written_before(tags.buffer, opening, f" {a}=")), None)
        if name is None:
            return None
        cells[f"@{name}"] = _cells(tags.buffer, np.arange(len(first)), opening + 1, closing)
    return cells if len(cells) == len(attributes) else None


def _written_before(buffer: NDArray[np.uint8], at: Indices, text: str) -> bool:
    return all((buffer[at - back] == ord(letter)).all() for back, letter in enumerate(reversed(text), 1))


def _skeleton(tags: _Tags, first: Indices, last: Indices) -> bytes:
    if len(first) == 0:
        return tags.data
    begins = np.flatnonzero(np.concatenate(([True], first[1:] != last[:-1] + 1)))
    ends = np.append(begins[1:], len(first))
    pieces, at = [], 0
    for a, b in zip(begins.tolist(), ends.tolist(), strict=True):
        pieces += [tags.data[at : tags.opens[first[a]]], f'<{MARKER} from="{a}" to="{b}"/>'.encode()]
        at = int(tags.closes[last[b - 1]]) + 1
    return b"".join((*pieces, tags.data[at:]))
