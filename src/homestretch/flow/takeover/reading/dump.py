"""A plain dump of another system's PostgreSQL database (`pg_dump -Fp`): the rows of its COPY blocks.

The text format of COPY: https://www.postgresql.org/docs/current/sql-copy.html, "Text Format".
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from homestretch import files
from homestretch.flow.takeover.reading.items import NotItsStore, StoreUnreadable
from homestretch.flow.takeover.reading.tables import Cell, Tables, number

#: How a dump in pg_dump's own format begins.
_CUSTOM = b"PGDMP"
_COPY = re.compile(r'COPY (?:"?[\w$]+"?\.)?"?([\w$]+)"? \((.*)\) FROM stdin;\s*')
_END = b"\\."
_ESCAPE = re.compile(r"\\([0-7]{1,3}|x[0-9a-fA-F]{1,2}|.)", re.DOTALL)
_LETTERS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


@dataclass(frozen=True, slots=True)
class _Block:
    """Where the rows of a table begin, and their columns in order."""

    offset: int
    columns: tuple[str, ...]


class DumpTables(Tables):
    """The tables of a dump."""

    def __init__(self, file: BinaryIO, path: Path, system: str) -> None:
        self._file = file
        self._blocks = dict(_blocks(file, path, system))
        super().__init__(path, system, {name: block.columns for name, block in self._blocks.items()})

    def read(self, table: str, columns: Sequence[str], order: str) -> Iterator[Sequence[Cell]]:
        """Yield columns of the rows of a table. Raises StoreUnreadable."""
        block = self._blocks[table]
        at = [block.columns.index(name) for name in columns]
        rows = [[cells[place] for place in at] for cells in self._cells(block)]
        place = columns.index(order)
        yield from sorted(rows, key=lambda row: (number(row[place]) or 0.0, str(row[place])))

    def _cells(self, block: _Block) -> Iterator[list[str | None]]:
        self._file.seek(block.offset)
        for line in self._file:
            if line.rstrip(b"\r\n") == _END:
                return
            cells = line.decode("utf-8", "replace").rstrip("\r\n").split("\t")
            if len(cells) != len(block.columns):
                break
            yield [None if cell == "\\N" else _ESCAPE.sub(_meant, cell) for cell in cells]
        raise StoreUnreadable(path=self.path, system=self.system, reason="the dump ends in the middle of a table")


def _meant(found: re.Match[str]) -> str:
    word = found[1]
    if word[0] == "x" and len(word) > 1:
        return chr(int(word[1:], 16))
    return chr(int(word, 8)) if word[0] in "01234567" else _LETTERS.get(word, word)


def _blocks(file: BinaryIO, path: Path, system: str) -> Iterator[tuple[str, _Block]]:
    offset, inside = 0, False
    for line in file:
        if offset == 0 and line.startswith(_CUSTOM):
            reason = "it is a dump in pg_dump's own format. Make it with pg_dump -Fp"
            raise NotItsStore(path=path, system=system, reason=reason)
        offset += len(line)
        if inside:
            inside = line.rstrip(b"\r\n") != _END
        elif line.startswith(b"COPY ") and (found := _COPY.fullmatch(line.decode("utf-8", "replace"))):
            inside = True
            yield found[1], _Block(offset, tuple(name.strip().strip('"') for name in found[2].split(",")))
    if inside:
        raise StoreUnreadable(path=path, system=system, reason="the dump ends in the middle of a table")


@contextmanager
def opened(path: Path, system: str) -> Iterator[Tables]:
    """Open a dump during the block. Raises NotItsStore, StoreUnreadable."""
    try:
        file = files.opened(path)
    except OSError as error:
        raise StoreUnreadable(path=path, system=system, reason=error.strerror or str(error)) from error
    with file:
        yield DumpTables(file, path, system)
