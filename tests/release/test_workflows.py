"""What a public forge runs: actions by their commit, no right that is not named, and only what this repository has."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.house.source import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"uses: (?:\$/\.github/workflows/[\w-]+\.yml|[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)")


def jobs(file: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(file.read_text())["jobs"]
    return found


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_a_workflow_may_do_what_it_names(file: Path) -> None:
    assert yaml.safe_load(file.read_text())["permissions"] == {}
    for name, job in jobs(file).items():
        assert job["permissions"], name
        assert "uses" in job or job["timeout-minutes"] <= 60, name
        for step in job.get("steps", ()):
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False, name
            assert "${{" not in step.get("run", ""), f"{name}: give it to the script as a variable"


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_actions_are_named_by_their_commit(file: Path) -> None:
    used = [line.strip(" -") for line in file.read_text().splitlines() if re.match(r"\s*(- )?uses:", line)]
    assert used and [line for line in used if not PINNED.fullmatch(line)] == []


def test_workflows_run_what_there_is() -> None:
    makefile = (ROOT / "Makefile").read_text()
    steps = [step for file in WORKFLOWS for job in jobs(file).values() for step in job.get("steps", ())]
    text = "\n".join(step.get("run", "") for step in steps)
    targets = set(re.findall(r"\bmake ([\w./-]+)", text)) - {"procps"}
    scripts = set(re.findall(r"(?:scripts/[\w.-]+|\.ci/run)", text))
    assert {"packages", "dist", "audit"} <= targets and {"scripts/image.sh", ".ci/run"} <= scripts
    assert [target for target in targets if not re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE)] == []
    assert [script for script in scripts if not (ROOT / script).is_file()] == []


def test_only_a_release_may_write() -> None:
    writing = {
        file.name
        for file in WORKFLOWS
        for job in jobs(file).values()
        if {right for right, level in job["permissions"].items() if level == "write"}
    }
    assert writing == {"release.yml"}
