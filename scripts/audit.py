"""Asks whether a package that we lock has a known vulnerability: `make audit`. It needs a network, and says so.

Exit codes: 0 none is known, 1 one is, 3 the registries gave no answer.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("deploy/requirements.lock", "requirements.lock", "deploy/tools.lock")
WEB_LOCK = "web/package-lock.json"
VULNERABLE, NOT_ASKED = 1, 3


class NotAskedError(Exception):
    """The audit gave no report; the message is its last line."""


def ask_python(lock: str) -> list[str]:
    """Return the known vulnerabilities of a lock's packages. Raises NotAskedError."""
    asked = [".make/tools/bin/pip-audit", "--disable-pip", "--require-hashes", "--progress-spinner=off", "--strict"]
    return list(python_faults(lock, report_of([*asked, "--format=json", f"--requirement={lock}"])))


def ask_web() -> list[str]:
    """Return the known vulnerabilities of what the web app's bundle is made from. Raises NotAskedError."""
    return list(web_faults(report_of([sys.executable, "hatch_build.py", "npm", "audit", "--omit=dev", "--json"])))


def python_faults(lock: str, report: dict[str, Any]) -> Iterator[str]:
    """Yield what pip-audit reports."""
    for package in report["dependencies"]:
        for fault in package.get("vulns", ()):
            fixed = ", ".join(fault["fix_versions"]) or "no version"
            yield f"{lock}: {package['name']} {package['version']} has {fault['id']}, fixed in {fixed}"


def web_faults(report: dict[str, Any]) -> Iterator[str]:
    """Yield what npm audit reports."""
    for name, fault in report["vulnerabilities"].items():
        yield f"{WEB_LOCK}: {name} {fault['range']} has a vulnerability ({fault['severity']})"


def report_of(command: list[str]) -> dict[str, Any]:
    """Return the report that an audit prints, also where it failed for what it found. Raises NotAskedError."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    try:
        report = json.loads(done.stdout)
    except ValueError:
        report = {}
    if not report.keys() & {"dependencies", "vulnerabilities"}:
        lines = (report.get("message") or done.stderr or done.stdout).strip().splitlines()
        raise NotAskedError(lines[-1] if lines else f"{command[0]} said nothing")
    return dict(report)


def main(locks: list[str]) -> int:
    """Print what is known of each lock, and return the exit code."""
    code = 0
    for lock in locks or (*LOCKS, WEB_LOCK):
        try:
            faults = ask_web() if lock == WEB_LOCK else ask_python(lock)
        except NotAskedError as error:
            print(f"audit: {lock} was not checked: {error}", file=sys.stderr)  # noqa: T201
            code = code or NOT_ASKED
            continue
        for fault in faults:
            print(f"audit: {fault}", file=sys.stderr)  # noqa: T201
        code = VULNERABLE if faults else code
        print(f"audit: {lock}: {len(faults) or 'no'} known vulnerabilities")  # noqa: T201
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
