"""How commands print: JSON for programs, short tables for people."""

import json
from collections.abc import Sequence
from typing import Any


def say_json(document: Any) -> None:
    """Print a document as JSON."""
    print(json.dumps(document, indent=2, ensure_ascii=False))


#: Columns of ids, times and figures are never broken; where the window is narrow, names and notes are.
UNBROKEN = 18


def say_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under their columns; in a file or a pipe a row is a line."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(columns, *cells, strict=True)]
    for column, width in zip(columns, widths, strict=True):
        table.add_column(column, no_wrap=width <= UNBROKEN)
    for row in cells:
        table.add_row(*row)
    console = Console()
    console.print(
        table,
        width=None if console.is_terminal else sum(widths) + 2 * len(widths) + 2,
        soft_wrap=not console.is_terminal,
    )


def duration(seconds: float | None) -> str:
    """Return seconds as h:mm:ss, or nothing."""
    if seconds is None:
        return ""
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def amount(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural unless it is one."""
    several = f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2] not in "aeiou" else f"{noun}s"
    return f"{number} {noun if number == 1 else several}"


def goal_amount(kind: str, value: float) -> str:
    """Return so much of a kind of goal, whose value is in SI units, as people say it."""
    if kind == "distance":
        return kilometres(value)
    return duration(value) if kind == "time" else f"{value:.0f}" + (" m" if kind == "ascent" else "")


def kilometres(metres: float | None) -> str:
    """Return metres as kilometres, or nothing."""
    return "" if metres is None else f"{metres / 1000:.2f} km"
