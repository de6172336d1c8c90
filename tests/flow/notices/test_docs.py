"""The table of kinds in the documentation is that of the code."""

from pathlib import Path

from homestretch.model.notices.kinds import KINDS

DOCS = Path(__file__).parents[3] / "docs" / "notifications.md"


def test_every_kind_is_documented() -> None:
    def said(yes: bool) -> str:
        return "yes" if yes else "–"

    rows = [
        f"| {kind.title} | {said(kind.sent)} | {said(kind.digestible)} | {said(kind.urgent)} |"
        for kind in KINDS.values()
    ]
    table = [line for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    assert table[1:] == rows
