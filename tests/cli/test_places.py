"""Commands about places: tiles that were visited, and places that are kept private."""

from pathlib import Path
from typing import Any

from homestretch.formats.fit.encode import encode
from tests.cli.test_commands import refused, said
from tests.formats import golden
from tests.served import environment, inside

DAY_MS = 86_400_000


def ran(folder: Path) -> dict[str, str]:
    """Return the environment of a data folder into which two runs on one course, a day apart, were taken."""
    env, files = environment(folder / "data"), folder / "given"
    files.mkdir()
    for day in range(2):
        (files / f"{day}.fit").write_bytes(encode(golden.run(400, golden.START_MS + day * DAY_MS)))
    assert said(env, "import", str(files), "--json")["imported"] == 2
    return env


def test_tiles_are_counted_and_told_with_who_brought_them(tmp_path: Path) -> None:
    env = ran(tmp_path)
    found = said(env, "tiles", "--json")
    assert found["count"] == len(found["x"]) > 0
    small = said(env, "tiles", "--zoom", "17", "--json")
    assert small["count"] > found["count"]
    assert {(x >> 3, y >> 3) for x, y in zip(small["x"], small["y"], strict=True)} == set(
        zip(found["x"], found["y"], strict=True)
    )
    (first,) = found["newest"]
    assert (first["tiles"], first["day"]) == (found["count"], "2026-05-03")
    told = inside(env, "tiles").stdout
    assert told.startswith(f"{found['count']} tiles at zoom 14, max square {found['square']['size']}")
    assert first["activity"] in told
    assert said(env, "tiles", "--sport", "ride", "--json")["count"] == 0
    assert said(env, "tiles", "--to", "2026-05-02", "--json")["count"] == 0
    later = said(env, "tiles", "--from", "2026-05-04", "--json")
    assert (later["count"], later["newest"][0]["day"]) == (found["count"], "2026-05-04")
    refused(env, "tiles", "--from", "yesterday", code=2)
    refused(env, "tiles", "--zoom", "3", code=2)


def private(env: dict[str, str]) -> list[dict[str, Any]]:
    """Return the private places."""
    return list(said(env, "privacy", "list", "--json")["items"])


def test_a_place_is_kept_private_changed_removed_and_restored(tmp_path: Path) -> None:
    env = environment(tmp_path / "data")
    assert private(env) == []
    added = inside(env, "privacy", "add", "--latitude", "60.17", "--longitude", "24.94", "--name", "Home")
    number = added.stdout.strip()
    home = {"id": number, "name": "Home", "latitude": 60.17, "longitude": 24.94, "radius_m": 200.0}
    assert private(env) == [home]
    assert inside(env, "privacy", "change", number, "--radius", "300", "--longitude", "-24.94").returncode == 0
    changed = {**home, "radius_m": 300.0, "longitude": -24.94}
    assert private(env) == [changed]
    assert "Home" in inside(env, "privacy", "list").stdout
    assert inside(env, "privacy", "remove", number).returncode == 0
    assert private(env) == []
    assert inside(env, "privacy", "restore", number).returncode == 0
    assert private(env) == [changed]
    refused(env, "privacy", "change", number, "--radius", "7", code=2)
    refused(env, "privacy", "add", "--latitude", "91", "--longitude", "0", code=2)
    refused(env, "privacy", "remove", "99", code=1)
    assert private(env) == [changed]
