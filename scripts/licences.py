"""Writes one file with the licences of all that ships: the server's packages, and those of the web app's bundle.

`python scripts/licences.py TARGET [--packages FOLDER]` writes it; `--check` alone says what must not ship. A package
ships if it is in deploy/requirements.lock, or a dependency in web/package.json that is not one of development.
"""

import argparse
import gzip
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "web"
#: The texts of packages that carry none, from their repositories.
TEXTS = ROOT / "deploy" / "licences"

#: What may ship: licences that ask for no more than their text, and weak copyleft of packages that we leave unchanged.
ALLOWED = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC", "MIT", "MIT-0", "MIT-CMU",
    "OFL-1.1", "PSF-2.0", "Zlib", "LGPL-3.0-only", "MPL-2.0",
}  # fmt: skip
#: How older packages write these.
ALSO = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License": "ISC",
    "ISC License (ISCL)": "ISC",
    "LGPL": "LGPL-3.0-only",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
TEXT_FILE = re.compile(r"(licen[sc]e|copying|notice|authors)[^/]*$", re.IGNORECASE)
#: What packages say in the text of their licence alone.
BY_TEXT = {"pyrage": "MIT"}
LOCKED = re.compile(r"^[\w.\[\]-]+==.*?(?= \\$)", re.MULTILINE)
HEAD = """Homestretch is licensed under the Apache License 2.0, which comes first.
It stands on the packages below, each under its own licence.
"""
SERVER_APART = """The packages of the server are installed beside Homestretch.
Each has its licence in its own folder (*.dist-info).
"""


@dataclass(frozen=True, slots=True)
class Package:
    """A package that ships: its licence as an SPDX expression, empty where it names none, and the texts it carries."""

    name: str
    version: str
    licence: str
    texts: tuple[str, ...]

    def faults(self) -> Iterator[str]:
        """Yield why it must not ship."""
        if not self.texts:
            yield f"{self.name} {self.version} carries no licence text; put one into deploy/licences"
        if not is_allowed(self.licence):
            yield f"{self.name} {self.version} is under {self.licence or 'no licence that it names'}"


def is_allowed(expression: str) -> bool:
    """Return whether an SPDX expression allows what we do: all sides of AND have to, one side of OR."""
    tokens = re.findall(r"[()]|[\w.+-]+", expression)

    def either() -> bool:
        found = both()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            found = both() or found
        return found

    def both() -> bool:
        found = single()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            found = single() and found
        return found

    def single() -> bool:
        first = tokens.pop(0) if tokens else ""
        if first != "(":
            return first in ALLOWED
        found = either()
        return bool(tokens) and tokens.pop(0) == ")" and found

    return either() and not tokens


def python_packages(folder: Path, lock: str) -> Iterator[Package]:
    """Yield the packages of a lock as they are installed in a folder, without those of other systems.

    Raises LookupError for a package that is not there.
    """
    installed = {canonicalize_name(each.name): each for each in distributions(path=[str(folder)])}
    for line in LOCKED.findall(lock):
        wanted = Requirement(line)
        if wanted.marker is not None and not wanted.marker.evaluate():
            continue
        found = installed.get(canonicalize_name(wanted.name))
        if found is None:
            raise LookupError(f"{wanted.name} is not installed in {folder}")
        yield Package(found.name, found.version, _python_licence(found), _python_texts(found) or _kept(found.name))


def web_packages(lock: str) -> Iterator[Package]:
    """Yield the packages of the web app's lock that are not for development alone, as they are in node_modules."""
    for place, entry in json.loads(lock)["packages"].items():
        if not place or entry.get("dev") or entry.get("devOptional"):
            continue
        name = place.rpartition("node_modules/")[2]
        files = sorted(each for each in (WEB / place).iterdir() if TEXT_FILE.match(each.name))
        texts = tuple(each.read_text(encoding="utf-8", errors="replace") for each in files)
        yield Package(name, entry["version"], entry.get("license", ""), texts or _kept(name))


def document(server: list[Package], web: list[Package]) -> str:
    """Return the file: every package with its version, licence and texts; a text that stands above is named."""
    own = (ROOT / "LICENSE").read_text(encoding="utf-8")
    lines = [HEAD, *([] if server else [SERVER_APART]), own]
    seen: dict[str, str] = {}
    for title, packages in (("the server", server), ("the web app", web)):
        for each in sorted(packages, key=lambda package: package.name.lower()):
            lines += ["=" * 80, f"{each.name} {each.version} ({title}): {each.licence}", "=" * 80, ""]
            for text in each.texts:
                above = seen.setdefault(text, each.name)
                lines += [text.strip() if above == each.name else f"The same text as of {above}, above.", ""]
    return "\n".join(lines)


def shipped(folder: Path | None) -> tuple[list[Package], list[Package]]:
    """Return the packages of the server, none without a folder of packages, and those of the web app."""
    lock = (ROOT / "deploy" / "requirements.lock").read_text(encoding="utf-8")
    server = list(python_packages(folder, lock)) if folder else []
    return server, list(web_packages((WEB / "package-lock.json").read_text(encoding="utf-8")))


def _python_licence(found: Distribution) -> str:
    said = found.metadata
    if expression := said.get("License-Expression"):
        return expression
    first = (said.get("License") or "").strip().partition("\n")[0]
    if ALSO.get(first, first) in ALLOWED or " OR " in first:
        return ALSO.get(first, first)
    names = [each.rpartition(" :: ")[2] for each in said.get_all("Classifier") or () if each.startswith("License ::")]
    return " AND ".join(ALSO.get(name, name) for name in names) or BY_TEXT.get(found.name, "")


def _python_texts(found: Distribution) -> tuple[str, ...]:
    inside = [each for each in found.files or () if ".dist-info/" in str(each) and TEXT_FILE.search(str(each))]
    return tuple(each.read_text(encoding="utf-8") for each in sorted(inside))


def _kept(name: str) -> tuple[str, ...]:
    file = TEXTS / f"{name.replace('/', '+')}.txt"
    return (file.read_text(encoding="utf-8"),) if file.is_file() else ()


def main() -> int:
    """Write the file and print what must not ship; with --check that is an error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path, nargs="?", help="the file to write, and beside it the same compressed")
    parser.add_argument("--packages", type=Path, help="the folder of the server's packages (site-packages)")
    parser.add_argument("--check", action="store_true", help="fail where something must not ship")
    asked = parser.parse_args()
    server, web = shipped(asked.packages)
    if asked.target:
        data = document(server, web).encode()
        asked.target.write_bytes(data)
        asked.target.with_name(f"{asked.target.name}.gz").write_bytes(gzip.compress(data, mtime=0))
    faults = [fault for package in (*server, *web) for fault in package.faults()]
    for fault in faults:
        print(f"licences: {fault}", file=sys.stderr)  # noqa: T201
    return int(bool(faults) and asked.check)


if __name__ == "__main__":
    sys.exit(main())
