"""Writes the pages, or with `--check` says which are not up to date."""

import sys
from collections.abc import Callable
from pathlib import Path

from scripts.reference.commands import commands
from scripts.reference.doors import DECISIONS, api, decisions, mcp
from scripts.reference.metrics import metrics
from scripts.reference.problems import problems
from scripts.reference.settings import settings
from scripts.reference.sources import sources

PAGES = Path(__file__).parents[2] / "docs" / "reference"
MADE: dict[Path, Callable[[], str]] = {
    PAGES / "settings.md": settings,
    PAGES / "sources.md": sources,
    PAGES / "cli.md": commands,
    PAGES / "metrics.md": metrics,
    PAGES / "problems.md": problems,
    PAGES / "mcp.md": mcp,
    PAGES / "api.md": api,
    DECISIONS / "index.md": decisions,
}

if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        old = [path.name for path, make in MADE.items() if not path.exists() or path.read_text("utf-8") != make()]
        sys.exit(f"{', '.join(old)} of the docs are not up to date: make reference" if old else None)
    for path, make in MADE.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(make(), "utf-8")
