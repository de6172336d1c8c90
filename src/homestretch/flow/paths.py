"""Files of this machine that a command names: folders are walked, names are kept as a person would say them."""

import os
from collections.abc import Iterable
from pathlib import Path

from homestretch.archive.folder import INDEX, NOTE, Archive


def listed(paths: Iterable[Path]) -> list[tuple[str, Path]]:
    """Return (name, place) of every file named or below a folder named, sorted; hidden ones are passed over."""
    found: dict[Path, str] = {}
    for path in paths:
        if path.is_dir():
            found |= _below(path.resolve())
        else:
            found[path.resolve()] = path.name
    return _unique(found)


def _below(root: Path) -> dict[Path, str]:
    found: dict[Path, str] = {}
    originals: dict[Path, str] = {}
    for folder, below, files in os.walk(root):
        below[:] = sorted(name for name in below if not name.startswith("."))
        archive = INDEX in files and NOTE in files
        originals |= _originals(Path(folder)) if archive else {}
        for name in sorted(files):
            if not name.startswith(".") and not (archive and name in (INDEX, NOTE)):
                found[Path(folder, name)] = Path(folder, name).relative_to(root.parent).as_posix()
    return {place: originals.get(place, name) for place, name in found.items()}


def _originals(archive: Path) -> dict[Path, str]:
    """Return the names that the originals in the folder of an archive came under."""
    names = Archive(archive).names().items()
    return {archive / digest[:2] / f"{digest}.zst": f"{archive.name}/{name}" for digest, name in names}


def _unique(found: dict[Path, str]) -> list[tuple[str, Path]]:
    """Tell files of one name apart: all but the first are called by their whole path."""
    names: set[str] = set()
    result = []
    for place, name in found.items():
        shown = place.as_posix().lstrip("/") if name in names else name
        names.add(shown)
        result.append((shown, place))
    return result
