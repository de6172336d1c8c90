"""Commands about plans: made, checked, moved, compared, approved."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from homestretch.net import budget as calls
from tests.cli.test_changes import connected
from tests.cli.test_commands import refused, said
from tests.fakes.intervals import FakeIntervals
from tests.fakes.intervals.server import KEY
from tests.served import environment, homestretch, inside


def test_a_plan_from_its_making_to_its_approval(tmp_path: Path) -> None:
    env = environment(tmp_path / "data")
    made = said(env, "coach", "plan", "make", "--sport", "run", "--weeks", "3", "--hours", "5", "--json")
    assert [len(week["days"]) for week in made["weeks"]] == [7, 7, 7]
    every = [one for week in made["weeks"] for day in week["days"] for one in day["sessions"]]
    assert all(one["steps"] and one["why"] for one in every)
    assert said(env, "coach", "plan", "show", "--json") == made
    assert said(env, "coach", "plan", "check", "--json")["plan"] == made["plan"]
    hard = [one for one in every if one["hard"]]
    next_day = (date.fromisoformat(hard[0]["date"]) + timedelta(days=1)).isoformat()
    moved = said(env, "coach", "plan", "move", hard[1]["id"], next_day, "--json")
    assert (moved["version"], moved["parent"], moved["author"]) == (2, 1, "person")
    checked = homestretch(env, "coach", "plan", "check")
    assert checked.returncode == 1 and "must" in checked.stdout
    (change,) = said(env, "coach", "plan", "diff", "--json")["changes"]
    assert (change["from"], change["to"]) == (hard[1]["date"], next_day)
    assert "must hold" in refused(env, "coach", "plan", "approve", code=1)
    assert said(env, "coach", "plan", "approve", "--version", "1", "--json")["status"] == "approved"
    (first, second) = said(env, "coach", "plan", "versions", "--json")["items"]
    assert (first["status"], second["status"]) == ("proposed", "approved")
    assert said(env, "coach", "plan", "adapt", "--json")["version"] == 1


def test_what_can_t_be_is_said(tmp_path: Path) -> None:
    env = environment(tmp_path / "data")
    assert "No plan" in refused(env, "coach", "plan", "show", code=1)
    wanted = ("coach", "plan", "make", "--sport", "run", "--event", "2027-09-05", "--weeks", "3")
    assert "Leave the weeks out" in refused(env, *wanted, code=2)


def test_sessions_are_sent_and_the_calendar_has_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "FIRST_WAIT_S", 0.0)
    with FakeIntervals() as fake:
        env = environment(tmp_path / "data", PROVIDER_URLS=json.dumps({"intervals": fake.url}))
        send = ("coach", "plan", "send", "--days", "14")
        assert "No plan is in force" in inside(env, *send).stdout
        said(env, "coach", "plan", "make", "--sport", "run", "--weeks", "3", "--hours", "5", "--json")
        said(env, "coach", "plan", "approve", "--json")
        assert "Connect Garmin Connect or intervals.icu" in inside(env, *send).stdout
        connected(env, "intervals", "key", {"api_key": KEY})
        made = said(env, *send, "--to", "intervals", "--json")["items"]
        assert {(one["state"], one["proposal_state"]) for one in made} == {("new", "open")} and fake.events == {}
        assert "changes approve" in inside(env, *send).stdout
        sent = inside(env, *send, "--approve")
        assert sent.returncode == 0 and sent.stdout.count("applied") == len(made) == len(fake.events)
        assert "as the plan says" in inside(env, *send).stdout and fake.problems == []
        assert "was found" in refused(env, *send, "--to", "garmin", code=1)
    assert "no address" in inside(env, "coach", "plan", "calendar").stdout
    path = said(env, "coach", "plan", "calendar", "--new", "--json")["path"]
    assert path.startswith("/calendar/") and "was made on" in inside(env, "coach", "plan", "calendar").stdout
    assert said(env, "coach", "plan", "calendar", "--remove", "--json") == {"made": None, "notes": False, "path": None}
