"""docs/security.md: every group has a line, every test in it exists, and a line without one says why."""

import json
import re

from tests.house.source import ROOT

LINES = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in (ROOT / "docs" / "security.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| \d", line)
]
#: How many groups each chapter of the standard has.
GROUPS = {1: 5, 2: 4, 3: 7, 4: 4, 5: 4, 6: 8, 7: 6, 8: 4, 9: 2, 10: 7, 11: 7, 12: 3, 13: 4, 14: 3, 15: 4, 16: 5}
TEST = re.compile(r"`([\w/]+\.py)::(test_\w+)`")


def test_every_group_has_a_line() -> None:
    assert all(len(line) == 3 for line in LINES), [line for line in LINES if len(line) != 3]
    found = [group.split(" ")[0] for group, _, _ in LINES]
    assert found == [f"{chapter}.{n + 1}" for chapter, count in GROUPS.items() for n in range(count)] + ["17.1–17.3"]


def test_what_security_names_exists() -> None:
    for group, what, shown in LINES:
        named = TEST.findall(shown)
        assert len(named) == shown.count("::"), group
        assert named or (shown == "–" and re.search(r"Not (ours|done): ", what)), group
        for file, name in named:
            assert re.search(rf"^def {name}\(", (ROOT / "tests" / file).read_text(), re.MULTILINE), f"{file}::{name}"
        for page in re.findall(r"\b(docs/[\w-]+\.md|SECURITY\.md|\.env\.example)", what):
            assert (ROOT / page).is_file(), page


def test_no_body_takes_what_it_does_not_name() -> None:
    """A field that nobody checks would be taken silently."""
    api = json.loads((ROOT / "web" / "openapi.json").read_text())
    bodies = {
        name
        for operations in api["paths"].values()
        for operation in operations.values()
        if isinstance(operation, dict) and "requestBody" in operation
        for content in operation["requestBody"]["content"].values()
        for name in re.findall(r"#/components/schemas/(\w+)", json.dumps(content["schema"]))
    }
    shapes = api["components"]["schemas"]
    assert len(bodies) > 50
    assert [name for name in sorted(bodies) if shapes[name].get("additionalProperties") is not False] == []
