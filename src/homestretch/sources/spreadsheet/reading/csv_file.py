"""Comma-separated text: which signs it is written with, its cells, and where in the text each of them stands."""

import re
from collections import Counter
from dataclasses import dataclass

from homestretch.model.texts import encoding_of

DELIMITERS = ";\t,|"
#: So many records show which sign is between cells.
_SAMPLE = 60
#: What a spreadsheet takes for the beginning of a formula, and the mark before it that makes it a text.
_FORMULA, _MARK = ("=", "+", "-", "@", "\t", "\r"), "'"
_NUMBER = re.compile(r"[-+]?\d[\d.,:/-]*")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


@dataclass(frozen=True, slots=True)
class Span:
    """A cell of the text: from and to where, and what it says."""

    start: int
    end: int
    value: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A text of cells: `mark` and `encoding` turn it into bytes again; `records` are rows of cells."""

    text: str
    encoding: str
    mark: bytes
    delimiter: str
    records: tuple[tuple[Span, ...], ...]

    @property
    def line_end(self) -> str:
        """What its lines end with."""
        counts = {end: self.text.count(end) for end in ("\r\n", "\n", "\r")}
        return "\r\n" if counts["\r\n"] else "\n" if counts["\n"] or not counts["\r"] else "\r"

    def packed(self, text: str) -> bytes:
        """Return another text as bytes like those of this one. Raises UnicodeEncodeError."""
        return self.mark + text.encode(self.encoding)


def read(data: bytes, delimiter: str | None = None) -> Text:
    """Return the cells of a text; whatever the bytes are, some reading of them is returned."""
    text, encoding, mark = _decoded(data)
    sign = delimiter or _delimiter(text)
    return Text(text, encoding, mark, sign, tuple(_records(text, sign)))


def _decoded(data: bytes) -> tuple[str, str, bytes]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding, mark
    encoding = encoding_of(data)
    try:
        return data.decode(encoding), encoding, b""
    except UnicodeDecodeError:
        return data.decode("latin-1"), "latin-1", b""  # damaged: every byte is kept as it is


def _delimiter(text: str) -> str:
    """Return the sign that cuts the most records into the same number of cells, more than one."""
    best, score = ",", (0.0, 0)
    for sign in DELIMITERS:
        lengths = Counter(len(record) for record in _records(text[:200_000], sign, _SAMPLE) if len(record) > 1)
        if lengths:
            length, count = max(lengths.items(), key=lambda one: (one[1], one[0]))
            agreed = (count / sum(Counter(len(r) for r in _records(text[:200_000], sign, _SAMPLE)).values()), length)
            if agreed > score:
                best, score = sign, agreed
    return best


def _records(text: str, sign: str, most: int | None = None) -> list[tuple[Span, ...]]:
    """Return rows of cells (RFC 4180: quotes are doubled within quotes, lines may end within quotes)."""
    rows: list[tuple[Span, ...]] = []
    cells: list[Span] = []
    at, size = 0, len(text)
    while at < size and (most is None or len(rows) < most):
        cell, at = _cell(text, at, sign)
        cells.append(cell)
        if at < size and text[at] == sign:
            at += 1
            if at < size:
                continue
            cells.append(Span(at, at, "", quoted=False))
        at += 2 if text[at : at + 2] == "\r\n" else 1
        rows.append(tuple(cells))
        cells = []
    return rows


def _cell(text: str, at: int, sign: str) -> tuple[Span, int]:
    """Return the cell that begins at a place, and the place of the sign after it."""
    if at < len(text) and text[at] == '"':
        parts, start = [], at
        at += 1
        while True:
            end = text.find('"', at)
            if end < 0:
                break  # never closed: a quote that is a letter like any other
            parts.append(text[at:end])
            if text[end + 1 : end + 2] != '"':
                if end + 1 >= len(text) or text[end + 1] in (sign, "\r", "\n"):
                    return Span(start, end + 1, "".join(parts), quoted=True), end + 1
                break
            parts.append('"')
            at = end + 2
        at = start
    end = at
    stops = (sign, "\n", "\r")
    while end < len(text) and text[end] not in stops:
        end += 1
    return Span(at, end, text[at:end], quoted=False), end


def quoted(value: str, sign: str, *, always: bool = False) -> str:
    """Return a cell as it is written."""
    needs = always or any(one in value for one in (sign, '"', "\n", "\r")) or value != value.strip()
    return '"' + value.replace('"', '""') + '"' if needs else value


def marked(value: str) -> str:
    """Return what a cell is to say, with a mark before what a spreadsheet takes for a formula."""
    harmless = not value.lstrip(_MARK).startswith(_FORMULA) or _NUMBER.fullmatch(value)
    return value if harmless else _MARK + value


def unmarked(text: str) -> str:
    """Return what a cell says, without the mark that keeps it from being a formula."""
    return text[1:] if text[:1] == _MARK and text.lstrip(_MARK).startswith(_FORMULA) else text
