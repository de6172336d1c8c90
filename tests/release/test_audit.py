"""The audit of what is locked: what it finds it names, and where it could not ask it says so."""

import json
import sys

import pytest

from tests.house.source import ROOT

sys.path.insert(0, str(ROOT))
from scripts import audit

REPORT = {
    "dependencies": [
        {"name": "sound", "version": "1.0", "vulns": []},
        {"name": "old", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1", "2.0"]}]},
        {"name": "left", "version": "0.1", "vulns": [{"id": "PYSEC-2", "fix_versions": []}]},
    ]
}


def says(text: str) -> list[str]:
    """Return a command that prints a text."""
    return [sys.executable, "-c", f"print({text!r})"]


def test_what_is_vulnerable_is_named() -> None:
    report = audit.report_of(says(json.dumps(REPORT)))
    assert list(audit.python_faults("some.lock", report)) == [
        "some.lock: old 1.0 has PYSEC-1, fixed in 1.1, 2.0",
        "some.lock: left 0.1 has PYSEC-2, fixed in no version",
    ]
    report = {"vulnerabilities": {"charts": {"severity": "high", "range": "<2"}}}
    assert list(audit.web_faults(report)) == ["web/package-lock.json: charts <2 has a vulnerability (high)"]
    assert list(audit.web_faults({"vulnerabilities": {}})) == []


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ([sys.executable, "-c", "import sys; sys.exit('no route to host')"], "no route to host"),
        (says(json.dumps({"message": "405 Method Not Allowed"})), "405 Method Not Allowed"),
        (says("<html>"), "<html>"),
        (says(""), "said nothing"),
    ],
)
def test_no_answer_is_not_a_clean_one(command: list[str], reason: str) -> None:
    with pytest.raises(audit.NotAskedError, match=reason):
        audit.report_of(command)
