"""Writes what ships as CycloneDX files into dist/: the server's packages, and those of the web app. `make sbom`."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SERVER = ".make/server"
UV = ".uv/bin/uv"


def server_parts() -> str:
    """Return the bill of the packages of deploy/requirements.lock, from an environment that has no others."""
    if not (ROOT / SERVER / "bin" / "python").exists():
        _run(UV, "venv", "--quiet", "--python", sys.executable, SERVER)
    python = f"{SERVER}/bin/python"
    _run(UV, "pip", "sync", "--quiet", "--python", python, "--require-hashes", "deploy/requirements.lock")
    made = (".make/tools/bin/cyclonedx-py", "environment", "--pyproject=pyproject.toml", "--output-reproducible")
    return _run(*made, "--validate", python)


def web_parts() -> str:
    """Return the bill of the packages that the web app's bundle is made from."""
    made = ("npm", "sbom", "--omit=dev", "--sbom-format=cyclonedx", "--sbom-type=application")
    return _run(sys.executable, "hatch_build.py", *made)


def _run(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    return done.stdout


def main(version: str) -> None:
    """Write both bills, each with the version of Homestretch."""
    (ROOT / "dist").mkdir(exist_ok=True)
    for name, parts in (("server", server_parts()), ("web", web_parts())):
        bill = json.loads(parts)
        part = bill["metadata"]["component"]
        part.pop("purl", None)  # the web app is in no registry
        part |= {"name": "homestretch" if name == "server" else "homestretch-web", "version": version}
        target = Path("dist") / f"homestretch-{version}.{name}.cdx.json"
        (ROOT / target).write_text(json.dumps(bill, indent=1) + "\n", encoding="utf-8")
        print(f"sbom: {target}: {len(bill['components'])} packages")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
