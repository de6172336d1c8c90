"""What ships carries its licence, and one that allows it: the server's packages, and those of the web app."""

import re
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.house.source import ROOT
from tests.house.web_source import IMPORT, web_files

sys.path.insert(0, str(ROOT))
from scripts.licences import Package, document, is_allowed, python_packages, shipped

PACKAGES = Path(sysconfig.get_path("purelib"))
WEB_PACKAGES = re.compile(r"^(@[\w-]+/[\w-]+|[a-z][\w-]*)")


def test_all_that_ships_may_ship() -> None:
    if not (ROOT / "web" / "node_modules").is_dir():
        pytest.skip("the web app's packages are not installed")
    server, web = shipped(PACKAGES)
    assert [fault for package in (*server, *web) for fault in package.faults()] == []
    assert {"SQLAlchemy", "psycopg", "logfire-api"} <= {package.name for package in server}
    assert {"react", "maplibre-gl", "world-atlas", "tailwindcss"} <= {package.name for package in web}
    assert not {"vite", "pytest", "eslint"} & {package.name for package in (*server, *web)}


def test_what_the_web_app_imports_ships() -> None:
    """A package that is imported but named as one of development would ship without its licence."""
    imported = {
        found[0]
        for text in web_files().values()
        for wanted in IMPORT.findall(text)
        if (found := WEB_PACKAGES.match(wanted)) and not wanted.startswith("@/")
    }
    shipping = {package.name for package in shipped(None)[1]}
    assert imported - {"geojson"} <= shipping, "move it to dependencies in web/package.json"  # types alone
    assert {"react", "world-atlas"} <= imported


def test_a_package_without_a_text_or_with_another_licence_is_found(tmp_path: Path) -> None:
    for name, licence, text in (("kept", "MIT", "Permission"), ("bare", "MIT", ""), ("strict", "AGPL-3.0-only", "You")):
        folder = tmp_path / f"{name}-1.0.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(
            f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.0\nLicense-Expression: {licence}\n"
        )
        (folder / "RECORD").write_text(f"{folder.name}/LICENSE,,\n" if text else "")
        if text:
            (folder / "LICENSE").write_text(text)
    lock = "".join(f"{name}==1.0 \\\n    --hash=sha256:0\n" for name in ("kept", "bare", "strict"))
    found = list(python_packages(tmp_path, lock + "elsewhere==1.0 ; sys_platform == 'win32' \\\n"))
    assert [fault for package in found for fault in package.faults()] == [
        "bare 1.0 carries no licence text; put one into deploy/licences",
        "strict 1.0 is under AGPL-3.0-only",
    ]
    with pytest.raises(LookupError, match="missing is not installed"):
        list(python_packages(tmp_path, "missing==1.0 \\\n"))


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True), ("EPL-2.0 OR BSD-3-Clause", True), ("MPL-2.0 AND (Apache-2.0 OR GPL-3.0)", True),
        ("(MIT AND GPL-2.0-only) OR SSPL-1.0", False), ("MIT AND Proprietary", False), ("", False), ("(MIT", False),
        ("MIT MIT", False), ("GPL-3.0-only", False),
    ],
)  # fmt: skip
def test_expressions_of_licences(expression: str, allowed: bool) -> None:
    assert is_allowed(expression) is allowed


def test_a_text_stands_once() -> None:
    text = document([Package("a", "1", "MIT", ("Permission",))], [Package("b", "2", "MIT", ("Permission",))])
    assert text.count("\nPermission\n") == 1 and "The same text as of a, above." in text
    assert "b 2 (the web app): MIT" in text
