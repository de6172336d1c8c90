"""Files of another system's folder, found by the names that its store has of them."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath

from homestretch.flow.takeover.reading.items import NotItsStore, StoreUnreadable


class Files:
    """The files below a folder, hidden ones left out: by their path there, and by their name alone."""

    def __init__(self, root: Path, system: str) -> None:
        """Look through a folder. Raises StoreUnreadable where a folder below can't be: its files would be missed."""

        def fail(error: OSError) -> None:
            why = error.strerror or str(error)
            raise StoreUnreadable(path=error.filename, system=system, reason=why) from error

        self.root = root
        self.places: dict[str, Path] = {}
        self._named: dict[str, list[str]] = {}
        for folder, below, names in os.walk(root, onerror=fail):
            below[:] = sorted(name for name in below if not name.startswith("."))
            for name in sorted(names):
                place = Path(folder, name)
                if not name.startswith(".") and place.is_file():
                    inside = place.relative_to(root).as_posix()
                    self.places[inside] = place
                    self._named.setdefault(name, []).append(inside)

    def find(self, stored: str) -> str | None:
        """Return the path of the file that a store calls so, on whatever machine and in whatever folder it ran.

        Of several files of one name it is the one whose path agrees the furthest from its end.
        """
        parts = (PureWindowsPath(stored) if "\\" in stored else PurePosixPath(stored)).parts
        named = self._named.get(parts[-1], []) if parts else []
        return max(named, key=lambda inside: _agreement(parts, PurePosixPath(inside).parts), default=None)

    def ending(self, *suffixes: str) -> Mapping[str, Path]:
        """Return the files with one of these endings by their paths."""
        return {inside: place for inside, place in self.places.items() if inside.lower().endswith(suffixes)}


def _agreement(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for mine, theirs in zip(reversed(one), reversed(other), strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def store_in(path: Path, names: Sequence[str], system: str) -> Path:
    """Return the store that a path names, or that lies in a folder by one of these names, at most two folders deep.

    Raises NotItsStore where it holds no such file.
    """
    if path.is_file():
        return path
    for depth in ("", "*/", "*/*/"):
        for name in names:
            for place in sorted(path.glob(f"{depth}{name}")):
                if place.is_file():
                    return place
    raise NotItsStore(path=path, system=system, reason=f"it holds no {' or '.join(names)}")
