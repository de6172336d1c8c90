"""What benchmarks print: a head about the machine, and rows beside the figure that is to hold."""

import os
import platform
import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

_VERSIONS = ("numpy", "sqlalchemy", "garmin-fit-sdk", "fitparse", "fitfast", "gpxpy", "tcxreader")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure with its unit, and the most (or with `least` the least) that it may be, if anything is promised."""

    what: str
    value: float
    unit: str
    target: float | None = None
    least: bool = False

    @property
    def holds(self) -> bool | None:
        """Whether the figure keeps what was promised; None where nothing was."""
        if self.target is None:
            return None
        return self.value >= self.target if self.least else self.value <= self.target


def table(title: str, rows: Sequence[Row]) -> str:
    """Return the rows as text under a title."""
    lines = [title, "-" * len(title)]
    for row in rows:
        promised = "" if row.target is None else f"{'≥' if row.least else '≤'} {_number(row.target)} {row.unit}"
        verdict = {None: "", True: "holds", False: "DOES NOT HOLD"}[row.holds]
        lines.append(f"{row.what:58} {_number(row.value):>9} {row.unit:10} {promised:18} {verdict}".rstrip())
    return "\n".join(lines)


def head() -> str:
    """Return what the figures were measured on."""
    names = " ".join(f"{name} {version(name)}" for name in _VERSIONS)
    python = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    load = os.getloadavg()[0]
    return f"{_processor()}, {os.cpu_count()} cores, load {load:.1f}; {sys.platform}; {python}\n{names}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
