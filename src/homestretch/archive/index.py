"""The readable index of the archive: which original came when, for which athlete, under which name."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from homestretch import files
from homestretch.archive.protocol import Digest

#: Of the readable index: digest, bytes, when, athlete, name.
type Line = tuple[Digest, int, str, str, str]

INDEX = "index.tsv"
COLUMNS = ("digest", "bytes", "when", "athlete", "name")


class Index:
    """The file index.tsv in the archive's folder; a rebuild writes it again from the database."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / INDEX

    def add(self, lines: Iterable[Line]) -> None:
        """Append lines."""
        text = index_text(lines)
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(descriptor, text.encode())
        finally:
            os.close(descriptor)

    def rewrite(self, lines: Iterable[Line]) -> None:
        """Write the lines in the place of what is there."""
        folder = self.path.parent
        with tempfile.NamedTemporaryFile("w", dir=folder, prefix=".new-", delete=False, encoding="utf-8") as draft:
            draft.write(index_text(lines))
            draft.flush()
            os.fsync(draft.fileno())
        Path(draft.name).replace(self.path)
        files.sync_folder(folder)

    def listed(self) -> set[tuple[Digest, str, str]]:
        """Return the (digest, bytes, name) of every line that can be read."""
        return {(digest, size, name) for digest, size, _, _, name in self._lines()}

    def names(self) -> dict[Digest, str]:
        """Return the name that each original came under last."""
        return {found[0]: found[4] for found in self._lines()}

    def _lines(self) -> Iterator[list[str]]:
        there = self.path.exists()
        lines = self.path.read_text(encoding="utf-8", errors="replace").split("\n") if there else []
        cells = (line.split("\t") for line in lines)
        return (found for found in cells if len(found) == len(COLUMNS))


def flat(cell: object) -> str:
    """Return the text of a cell: on one line, without tabs."""
    return str(cell).translate(_FLAT)


def index_text(lines: Iterable[Line]) -> str:
    """Return lines as the file has them."""
    return "".join("\t".join(map(flat, line)) + "\n" for line in lines)


_FLAT = str.maketrans({"\t": " ", "\n": " ", "\r": " "})
