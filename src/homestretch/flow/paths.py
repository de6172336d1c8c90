"""Files of this machine that a command names: folders are walked, names are kept as a person would say them."""

import os
from collections.abc import Iterable
from pathlib import Path


def listed(paths: Iterable[Path]) -> list[tuple[str, Path]]:
    """Return (name, place) of every file named or below a folder named, sorted; hidden ones are passed over."""
    found: dict[Path, str] = {}
    for path in paths:
        if path.is_dir():
            base = path.resolve().parent
            for folder, below, files in os.walk(path.resolve()):
                below[:] = sorted(name for name in below if not name.startswith("."))
                for name in sorted(files):
                    if not name.startswith("."):
                        place = Path(folder, name)
                        found[place] = place.relative_to(base).as_posix()
        else:
            found[path.resolve()] = path.name
    return _unique(found)


def _unique(found: dict[Path, str]) -> list[tuple[str, Path]]:
    """Tell files of one name apart: all but the first are called by their whole path."""
    names: set[str] = set()
    result = []
    for place, name in found.items():
        shown = place.as_posix().lstrip("/") if name in names else name
        names.add(shown)
        result.append((shown, place))
    return result
