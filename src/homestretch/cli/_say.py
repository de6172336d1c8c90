"""How commands print: JSON for programs, short tables for people."""

import json
from collections.abc import Sequence
from typing import Any


def say_json(document: Any) -> None:
    """Print a document as JSON."""
    print(json.dumps(document, indent=2, ensure_ascii=False))


def say_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under their columns."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column)
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    Console().print(table)


def duration(seconds: float | None) -> str:
    """Return seconds as h:mm:ss, or nothing."""
    if seconds is None:
        return ""
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def kilometres(metres: float | None) -> str:
    """Return metres as kilometres, or nothing."""
    return "" if metres is None else f"{metres / 1000:.2f} km"
