"""What is not used is not loaded, and what is added edits no list."""

import subprocess
import sys

import pytest

from homestretch import registry
from homestretch.errors import DuplicateLeaf
from homestretch.formats import Format, formats, gpx, manual
from homestretch.formats.fit.encode import encode
from tests.formats import golden, golden_xml

HEAVY = ("numpy", "sqlalchemy", "fastapi", "dbos", "alembic", "lxml", "tzfpy", "pydantic", "rich", "uvicorn")


def loaded_by(code: str) -> set[str]:
    answer = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return {name.split(".")[0] for name in answer.stdout.split()}


def test_help_loads_nothing_heavy() -> None:
    loaded = loaded_by(
        "from homestretch.cli._runtime.main import command_line\nimport typer\ntyper.main.get_command(command_line())"
    )
    assert not loaded & set(HEAVY)


def test_a_server_loads_no_decoder_of_the_heavy_kind() -> None:
    loaded = loaded_by("import homestretch.serve")
    assert not loaded & {
        "lxml",
        "tzfpy",
        "PIL",
        "scipy",
        "alembic",
        "rich",
        "typer",
        "mcp",
        "mcp_types",
        "httpx2",
        "pydantic_ai",
        "openai",
        "webauthn",
        "cbor2",
        "OpenSSL",
    }


def test_opening_the_store_alone_loads_no_numbers() -> None:
    loaded = loaded_by("import homestretch.app")
    assert not loaded & {"numpy", "scipy", "fastapi", "lxml", "tzfpy", "dbos", "typer"}


@pytest.mark.parametrize("key", ["fit", "gpx", "tcx", "manual"])
def test_a_format_claims_what_is_its_own(key: str) -> None:
    by_hand = manual.encode(sport="yoga", start="2026-05-03T06:00:00Z", elapsed_s=60, nonce="")
    data = {"fit": encode(golden.run(60)), "gpx": gpx.encode(golden.run(60)),
            "tcx": golden_xml.RIDE_TCX.encode(), "manual": by_hand}[key]  # fmt: skip
    scores = {one.key: one.claims(data[:4096], "nameless") for one in formats().values()}
    assert max(scores, key=scores.__getitem__) == key and scores[key] > 0


def test_a_duplicate_key_is_an_error(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    one = Format("same", "One", (), 1, lambda head, name: 0.0, lambda data: None)  # type: ignore[arg-type,return-value]
    two = Format("same", "Two", (), 1, lambda head, name: 0.0, lambda data: None)  # type: ignore[arg-type,return-value]
    leaves = {"first": type(sys)("first"), "second": type(sys)("second")}
    leaves["first"].FORMAT, leaves["second"].FORMAT = one, two  # type: ignore[attr-defined]
    monkeypatch.setattr(registry, "leaf_names", lambda package: sorted(leaves))
    monkeypatch.setattr(registry, "load", lambda package, name: leaves[name])
    with pytest.raises(DuplicateLeaf, match="first and second"):
        registry.discover.__wrapped__("nowhere", Format)
