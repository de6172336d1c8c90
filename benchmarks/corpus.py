"""The corpus: where real activity files lie for tests and benchmarks; the repository itself holds none."""

import os
from functools import cache
from pathlib import Path

_ROOT = Path(__file__).parents[1]


def test_data() -> Path | None:
    """Return the folder of real files and provider answers (`HOMESTRETCH_TEST_DATA`, or beside the repo), or None."""
    stated = os.environ.get("HOMESTRETCH_TEST_DATA")
    folder = Path(stated) if stated else _ROOT.parent / "shared" / "data"
    return folder if folder.is_dir() else None


def real_files(*folders: str, suffix: str = "") -> list[Path]:
    """Return the real files of these folders (`fit`, `gpx`, …) with this suffix, sorted; none where they are absent."""
    data = test_data()
    if data is None:
        return []
    found = (path for folder in folders for path in (data / "files" / folder).glob("*") if path.is_file())
    return sorted(path for path in found if path.name.lower().endswith(suffix))


@cache
def bench_files(suffix: str, *folders: str) -> tuple[Path, ...]:
    """Return the files to measure: those below `HOMESTRETCH_BENCH_FILES`, else the real files of these folders."""
    stated = os.environ.get("HOMESTRETCH_BENCH_FILES")
    if stated:
        return tuple(sorted(p for p in Path(stated).rglob("*") if p.is_file() and p.name.lower().endswith(suffix)))
    return tuple(real_files(*folders, suffix=suffix))
