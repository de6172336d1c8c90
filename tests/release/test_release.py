"""A release: nothing happens unless all is in order, and then the version, the changes and the tag agree."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT

sys.path.insert(0, str(ROOT))
from scripts.release import API, CHANGES, PLACE, ReleaseError, notes, release, version_of

CHANGED = "# Changelog\n\n## Unreleased\n\n- Runs.\n\n## 0.1.0 (2026-01-01)\n\n- Walks.\n"


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small repository with what a release touches, at 0.1.0."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Runner")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "runner@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for file, text in ((PLACE, '__version__ = "0.1.0"\n'), (CHANGES, CHANGED), (API, '{"version": "0.1.0"}')):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text)
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "tests: begin")
    git(tmp_path, "tag", "v0.1.0")
    return tmp_path


def test_a_release_is_a_commit_and_a_tag(project: Path) -> None:
    assert release(project, "0.2.0") == "v0.2.0"
    assert version_of(project) == "0.2.0" and notes(project, "v0.2.0") == "- Runs.\n"
    assert "Unreleased" not in (project / CHANGES).read_text() and "- Walks." in (project / CHANGES).read_text()
    assert git(project, "describe", "--exact-match") == "v0.2.0" and git(project, "status", "--porcelain") == ""
    assert git(project, "log", "-1", "--format=%s") == "release: set the version to 0.2.0"
    assert (project / API).read_text() == '{"version": "0.2.0"}'


@pytest.mark.parametrize(
    ("version", "reason"),
    [("0.1.0", "released already"), ("0.0.9", "has to be newer"), ("1.2", "no version"), ("v1.2.3", "no version")],
)
def test_a_version_has_to_be_new(project: Path, version: str, reason: str) -> None:
    with pytest.raises(ReleaseError, match=reason):
        release(project, version)
    assert git(project, "tag", "--list") == "v0.1.0" and git(project, "rev-list", "--count", "HEAD") == "1"


def test_only_what_is_on_main_is_released(project: Path) -> None:
    (project / "left.txt").write_text("half done")
    with pytest.raises(ReleaseError, match="not committed"):
        release(project, "0.2.0")
    (project / "left.txt").unlink()
    git(project, "switch", "--quiet", "--create", "aside")
    with pytest.raises(ReleaseError, match="branch aside"):
        release(project, "0.2.0")


def test_a_release_says_what_changed(project: Path) -> None:
    (project / CHANGES).write_text("# Changelog\n\n## Unreleased\n\n## 0.1.0 (2026-01-01)\n\n- Walks.\n")
    git(project, "commit", "--quiet", "--all", "-m", "docs: empty")
    with pytest.raises(ReleaseError, match="has nothing under"):
        release(project, "0.2.0")
    with pytest.raises(ReleaseError, match="the version of the package is 0\\.1\\.0"):
        notes(project, "v0.2.0")
    assert notes(project, "v0.1.0") == "- Walks.\n"


def test_a_release_that_fails_leaves_everything(project: Path) -> None:
    hook = project / ".git" / "hooks" / "commit-msg"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(ReleaseError, match="Nothing was released"):
        release(project, "0.2.0")
    assert git(project, "status", "--porcelain") == "" and version_of(project) == "0.1.0"
    assert git(project, "tag", "--list") == "v0.1.0"
