"""How the pages are written: tables, code and prose."""

import re
from collections.abc import Iterable


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table in Markdown."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *([cell or "–" for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def prose(text: str | None) -> str:
    """Return a text on one line that Markdown shows as it stands; what is in backticks stays code."""
    parts = re.split(r"(`[^`]*`)", " ".join((text or "").split()))
    return "".join(part.replace("|", r"\|") if part[:1] == "`" else _plain(part) for part in parts)


def _plain(text: str) -> str:
    return re.sub(r"([|<*\[\]]|(?<!\w)_|_(?!\w))", r"\\\1", text)


def code(text: str) -> str:
    """Return a text as code within a table."""
    return f"`{text}`".replace("|", r"\|") if text else ""


def codes(names: Iterable[str]) -> str:
    """Return names as code, with commas between them."""
    return ", ".join(map(code, names))
