"""The item that an import is working on, noted beside the uploads: after ending the process twice it is given up.

The import itself notices a decoder that dies. No one notices a file that takes the import's own process down (a
container that expands into more memory than there is), and every start would take it up again.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

#: So often a process may end with the same thing in hand; the first time may be a power cut.
MOST_DEATHS = 2


class EndedTheProcess(Exception):
    """Processing this file stopped the program too often."""


@dataclass(slots=True)
class InHand:
    """The note of the work in hand: nothing (zeros), or an item, its step, and how often that was begun.

    It outlives the process, however that ends, and need not outlive the machine: no write waits for the disk.
    """

    descriptor: int
    before: tuple[int, ...]

    def each[T](self, item: int, found: Iterator[T]) -> Iterator[T]:
        """Yield what is found, with a note for as long as each is looked for. Raises EndedTheProcess."""
        for step in count():
            self.begin(item, step)
            try:
                one = next(found, None)
            finally:
                self.end()
            if one is None:
                return
            yield one

    def begin(self, item: int, step: int) -> None:
        """Note that a step of an item begins. Raises EndedTheProcess."""
        deaths = self.before[2] if self.before[:2] == (item, step) else 0
        if deaths >= MOST_DEATHS:
            raise EndedTheProcess
        self._write(item, step, deaths + 1)

    def end(self) -> None:
        """Note that the process has outlived what it had in hand."""
        self._write(0, 0, 0)

    def _write(self, *said: int) -> None:
        """Overwrite the note: a file that keeps its size is written to in memory alone."""
        os.pwrite(self.descriptor, b"%20d %20d %20d\n" % said, 0)


@contextmanager
def in_hand(folder: Path, athlete_id: int) -> Iterator[InHand]:
    """Open the note of an athlete's import, of which there is one at a time."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / f"in-hand-{athlete_id}", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        said = [int(part) for part in os.read(descriptor, 100).split() if part.isdigit()]
        yield InHand(descriptor, tuple(said) if len(said) == 3 else ())
    finally:
        os.close(descriptor)
