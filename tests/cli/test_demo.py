"""The command that makes the demo athlete, and removes it."""

from datetime import date
from pathlib import Path

import pytest

from homestretch.demo import files
from homestretch.demo.load import SEED
from tests.cli.test_commands import refused, said
from tests.served import environment, inside


def test_the_demo_athlete_comes_and_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = next(one for one in files.paths(SEED, date(2026, 11, 21)) if "-strength-" in one)
    monkeypatch.setattr(files, "paths", lambda seed, today: [path])
    env = environment(tmp_path / "data")
    first = said(env, "demo", "--json")
    assert (first["origin"], first["counts"]["imported"]) == ("demo", 1)
    assert said(env, "demo", "--json")["id"] == first["id"], "twice adds nothing"
    assert said(env, "activities", "--json")["total"] == 0, "one's own athlete has none of it"
    assert {one["name"] for one in said(env, "gear", "list", "--json", "--athlete", "Demo athlete")["items"]} >= {
        "Road bike"
    }
    again = said(env, "demo", "--athlete", "Athlete", "--json")
    assert again["id"] != first["id"], "with a name it is an import like any other"
    assert inside(env, "demo", "--remove").returncode == 0
    assert "No demo athlete" in refused(env, "demo", "--remove", code=1)
    refused(env, "gear", "list", "--athlete", "Demo athlete", code=1)
