"""Commands about rules of training, as a person types them."""

import json
from pathlib import Path

from tests.cli.test_commands import refused, said
from tests.served import environment, inside


def test_rules_from_words_to_versions(tmp_path: Path) -> None:
    env = environment(tmp_path / "data")
    parsed = said(env, "coach", "rules", "parse", "Preferably no rides on Sunday; walk the dog", "--json")
    assert parsed == [
        {
            "text": "Preferably no rides on Sunday", "kind": "place", "severity": "should", "scope": None,
            "params": {"of": {"sport": "ride"}, "mode": "never", "weekdays": ["sun"]}, "questions": [],
        },
        {"text": "walk the dog", "kind": None, "severity": "must", "params": {}, "scope": None, "questions": []},
    ]  # fmt: skip
    asked = inside(env, "coach", "rules", "add", "Keep the group ride on Saturday")
    assert asked.returncode == 1 and "How long is it usually?" in asked.stdout
    saved = said(env, "coach", "rules", "add", "Keep the group ride on Saturday, 2 h, hard", "--json")
    assert (saved["saved"], saved["version"], saved["changes"][0]["rule"]) == (True, 1, "r1")
    assert "can't hold together" in refused(env, "coach", "rules", "add", "Saturday is a rest day", code=1)
    inside(env, "coach", "rules", "off", "s-ramp")
    listed = said(env, "coach", "rules", "list", "--json")
    assert [one["id"] for one in listed["items"] if one["off"]] == ["s-ramp"] and listed["version"] == 2
    diff = said(env, "coach", "rules", "diff", "0", "2", "--json")
    assert [(one["rule"], one["change"]) for one in diff["changes"]] == [("s-ramp", "changed"), ("r1", "added")]
    assert inside(env, "coach", "rules", "remove", "r1").returncode == 0
    assert [one["version"] for one in said(env, "coach", "rules", "versions", "--json")["items"]] == [3, 2, 1, 0]
    assert inside(env, "coach", "rules", "restore", "2").returncode == 0
    assert said(env, "coach", "rules", "check", "--json") == {"conflicts": []}


def test_rules_of_a_file_are_added_or_saved_in_place_of_all(tmp_path: Path) -> None:
    env, file = environment(tmp_path / "data"), tmp_path / "rules.json"
    file.write_text('[{"kind": "week_volume", "severity": "must", "params": {"hours_max": 8}}]')
    assert said(env, "coach", "rules", "add", "--file", str(file), "--json")["version"] == 1
    assert not said(env, "coach", "rules", "add", "--file", str(file), "--json")["saved"], "it is there already"
    everything = said(env, "coach", "rules", "list", "--json")
    everything["items"] = [one for one in everything["items"] if one["origin"] == "athlete"]
    file.write_text(json.dumps(everything))
    assert len(said(env, "coach", "rules", "save", "--file", str(file), "--json")["changes"]) == 6
    file.write_text("No training on Mondays\nmax 1h on weekdays\n")
    assert said(env, "coach", "rules", "add", "--file", str(file), "--json")["version"] == 3
    file.write_text('[{"kind": "day_hours", "params": {"hours": {"tue": 30}}}]')
    assert "hours tue must be from 0 to 24" in refused(env, "coach", "rules", "add", "--file", str(file), code=2)
    assert "can't be read" in refused(env, "coach", "rules", "add", "--file", str(tmp_path / "none"), code=2)
