"""Makes a release of what is on main: `make release VERSION=1.2.3` (docs/release.md). Nothing is pushed.

`--version` prints the version that the package has, `--notes TAG` what CHANGELOG.md says of a tag.
"""

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: The one place of the version; the wheel and the API take it from there.
PLACE = Path("src/homestretch/__init__.py")
CHANGES = Path("CHANGELOG.md")
API = Path("web/openapi.json")
WRITTEN = re.compile(r'^__version__ = "(.*)"$', re.MULTILINE)
NUMBER = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
UNRELEASED = "## Unreleased"


class ReleaseError(Exception):
    """Why there is no release; the message says what to do."""


def version_of(root: Path) -> str:
    """Return the version that the package has. Raises ReleaseError."""
    found = WRITTEN.search((root / PLACE).read_text(encoding="utf-8"))
    if found is None:
        raise ReleaseError(f'{PLACE} has no line `__version__ = "…"`.')
    return found[1]


def notes(root: Path, tag: str) -> str:
    """Return what CHANGELOG.md says of the version of a tag, which has to be the package's. Raises ReleaseError."""
    version = tag.removeprefix("v")
    if tag != f"v{version_of(root)}":
        raise ReleaseError(f"The tag is {tag}, the version of the package is {version_of(root)}.")
    text = _section((root / CHANGES).read_text(encoding="utf-8"), rf"## {re.escape(version)} \(\d{{4}}-\d\d-\d\d\)")
    if text is None:
        raise ReleaseError(f"{CHANGES} has no section `## {version} (date)`.")
    return text


def release(root: Path, version: str) -> str:
    """Write the version and the heading of the changes, commit and tag them; return the tag.

    Raises ReleaseError, and then everything is as it was.
    """
    tag = f"v{version}"
    _check(root, version, tag)
    changes = (root / CHANGES).read_text(encoding="utf-8")
    if not (_section(changes, re.escape(UNRELEASED)) or "").strip():
        raise ReleaseError(f"{CHANGES} has nothing under `{UNRELEASED}`. Say there what changes for people.")
    old, source = version_of(root), (root / PLACE).read_text(encoding="utf-8")
    try:
        (root / PLACE).write_text(WRITTEN.sub(f'__version__ = "{version}"', source), encoding="utf-8")
        today = datetime.now(UTC).date().isoformat()
        (root / CHANGES).write_text(changes.replace(UNRELEASED, f"## {version} ({today})", 1), encoding="utf-8")
        api = (root / API).read_text(encoding="utf-8")
        (root / API).write_text(api.replace(f'"version": "{old}"', f'"version": "{version}"', 1), encoding="utf-8")
        _run(root, "git", "commit", "--quiet", "--allow-empty", "-m", f"release: set the version to {version}", *_FILES)
    except (subprocess.CalledProcessError, OSError) as error:
        _run(root, "git", "restore", "--staged", "--worktree", *_FILES)
        raise ReleaseError(f"Nothing was released: {getattr(error, 'stderr', None) or error}") from error
    _run(root, "git", "tag", "--annotate", tag, "--message", f"Homestretch {version}")
    return tag


_FILES = ("--", str(PLACE), str(CHANGES), str(API))


def _check(root: Path, version: str, tag: str) -> None:
    if not NUMBER.fullmatch(version):
        raise ReleaseError(f"`{version}` is no version. Write three numbers: make release VERSION=1.2.3")
    if _run(root, "git", "status", "--porcelain"):
        raise ReleaseError("There are changes that are not committed. Commit them or put them away first.")
    if (branch := _run(root, "git", "branch", "--show-current").strip()) != "main":
        raise ReleaseError(f"This is branch {branch or 'no branch'}. Releases are made on main.")
    tags = _run(root, "git", "tag", "--list", "v*").split()
    released = [_numbers(each[1:]) for each in tags if NUMBER.fullmatch(each[1:])]
    if released and _numbers(version) <= max(released):
        raise ReleaseError(f"{'.'.join(map(str, max(released)))} is released already; {tag} has to be newer.")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _section(text: str, heading: str) -> str | None:
    """Return what stands between a heading and the next one, None without that heading."""
    found = re.search(rf"^{heading}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return found and found[1].strip() + "\n"


def _run(root: Path, *command: str) -> str:
    return subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout  # noqa: S603


def main(arguments: list[str]) -> int:
    """Do what the module says, and return the exit code."""
    try:
        match arguments:
            case ["--version"]:
                print(version_of(ROOT))  # noqa: T201
            case ["--notes", tag]:
                print(notes(ROOT, tag), end="")  # noqa: T201
            case [version]:
                tag = release(ROOT, version)
                print(f"{tag} is committed and tagged here. `git push origin main {tag}` releases it.")  # noqa: T201
            case _:
                raise ReleaseError("Usage: make release VERSION=1.2.3")
    except ReleaseError as error:
        print(f"release: {error}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
