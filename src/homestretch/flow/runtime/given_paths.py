"""Files of this machine that a command names: folders are walked, names are kept as a person would write them."""

import os
from collections.abc import Iterable
from pathlib import Path

from homestretch.archive.folder import NOTE
from homestretch.archive.index import INDEX, Index
from homestretch.errors import BadRequest
from homestretch.flow.runtime.server_paths import lies_in


def listed(paths: Iterable[Path], own: Path | None = None) -> list[tuple[str, Path]]:
    """Return (name, place) of every file named or below a folder named, sorted; hidden ones are passed over.

    So is what is no regular file, and what lies in the server's `own` folder or leads there. Raises BadRequest where
    that is named itself.
    """
    found: dict[Path, str] = {}
    for path in paths:
        if own is not None and lies_in(path.resolve(), own):
            raise BadRequest(reason=f"{path} is inside the data folder. Copy it elsewhere first.")
        if path.is_dir():
            found |= _below(path.resolve(), own)
        else:
            found[path.resolve()] = path.name
    return _unique(found)


def _below(root: Path, own: Path | None) -> dict[Path, str]:
    found: dict[Path, str] = {}
    originals: dict[Path, str] = {}
    for folder, below, files in os.walk(root):
        if own is not None and lies_in(Path(folder), own):
            below[:] = []
            continue
        below[:] = sorted(name for name in below if not name.startswith("."))
        archive = INDEX in files and NOTE in files
        originals |= _originals(Path(folder)) if archive else {}
        for name in sorted(files):
            place = Path(folder, name)
            if name.startswith(".") or (archive and name in (INDEX, NOTE)) or not place.is_file():
                continue
            if not (own is not None and place.is_symlink() and lies_in(place.resolve(), own)):
                found[place] = place.relative_to(root.parent).as_posix()
    return {place: originals.get(place, name) for place, name in found.items()}


def _originals(archive: Path) -> dict[Path, str]:
    """Return the names that the originals in the folder of an archive came under."""
    names = Index(archive).names().items()
    return {archive / digest[:2] / f"{digest}.zst": f"{archive.name}/{name}" for digest, name in names}


def _unique(found: dict[Path, str]) -> list[tuple[str, Path]]:
    """Give files of one name different names: all but the first get their whole path."""
    names: set[str] = set()
    result = []
    for place, name in found.items():
        shown = place.as_posix().lstrip("/") if name in names else name
        names.add(shown)
        result.append((shown, place))
    return result
