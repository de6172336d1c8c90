"""Commands about gear: a component is fitted, changed, removed and brought back."""

from pathlib import Path
from typing import Any

from tests.cli.test_commands import refused, said
from tests.served import environment, inside


def test_a_component_is_changed_removed_and_brought_back(tmp_path: Path) -> None:
    env = environment(tmp_path / "data")
    bike = said(env, "gear", "add", "Road bike", "--kind", "bike", "--json")["id"]
    fitted = said(env, "gear", "component", bike, "Chain", "--since", "2026-01-01", "--every-km", "3000", "--json")
    (chain,) = fitted["components"]

    def change(*words: str) -> list[dict[str, Any]]:
        return list(said(env, "gear", "set-component", bike, chain["id"], *words, "--json")["components"])

    spans = ("--every-km", "0", "--every-h", "1.5", "--every-days", "30", "--before", "12.5", "--before-h", "2")
    (changed,) = change("--name", "New chain", "--since", "2026-02-01", "--until", "2026-03-01", *spans)
    wanted = {"name": "New chain", "since": "2026-02-01", "until": "2026-03-01", "every_m": None, "every_s": 5400.0}
    wanted |= {"every_days": 30, "before_m": 12_500.0, "before_s": 7200.0}
    assert {key: changed[key] for key in wanted} == wanted
    (again,) = change("--in-use")
    assert again["until"] is None and again["name"] == "New chain"
    assert change("--remove") == []
    assert change("--restore")[0]["every_s"] == 5400.0
    assert "New chain" in inside(env, "gear", "list").stdout
    wrong = refused(env, "gear", "set-component", bike, chain["id"], "--until", "2026-01-01", code=2)
    assert "can't be removed before it was fitted" in wrong
    refused(env, "gear", "set-component", bike, chain["id"], "--every-km", "-1", code=2)


def test_who_makes_an_item_the_usual_one_says_since_when(tmp_path: Path) -> None:
    env = environment(tmp_path / "data")
    assert "--since" in refused(env, "gear", "add", "Road bike", "--families", "ride", code=2)
    usual = ("gear", "add", "Road bike", "--families", "ride", "--since")
    refused(env, *usual, "soon", code=2)
    assert "first activity is not known" in refused(env, *usual, "first", code=2)
    counted = said(env, *usual, "always", "--dry-run", "--json")
    assert counted == {"activities": 0, "distance_m": 0, "time_s": 0, "first_day": None}
    assert said(env, "gear", "list", "--json")["items"] == []
    bike = said(env, *usual, "2026-03-01", "--json")
    assert (bike["families"], bike["usual_since"]) == (["ride"], "2026-03-01")
    more = said(env, "gear", "set", bike["id"], "--families", "ride,walk", "--json")
    assert more["usual_since"] == "2026-03-01"
    assert "0 past activities" in inside(env, "gear", "set", bike["id"], "--since", "today", "--dry-run").stdout
    assert said(env, "gear", "set", bike["id"], "--since", "always", "--json")["usual_since"] is None
