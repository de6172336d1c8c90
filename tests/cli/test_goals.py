"""Commands about goals: set, changed, removed and restored."""

from pathlib import Path

from tests.cli.test_commands import refused, said
from tests.served import environment, inside


def test_a_goal_is_set_changed_removed_and_restored(tmp_path: Path) -> None:
    env = environment(tmp_path / "data")
    goal = inside(env, "goals", "add", "week", "distance", "40", "--sport", "run").stdout.strip()
    (item,) = said(env, "goals", "list", "--json")["items"]
    assert (item["id"], item["target"], item["sport"], item["forecast"]) == (goal, 40_000.0, "run", None)
    inside(env, "goals", "change", goal, "50")
    listed = inside(env, "goals", "list").stdout
    assert goal in listed and "run, 50.00 km a week" in listed
    assert "already have this goal" in refused(env, "goals", "add", "week", "distance", "9", "--sport", "run", code=1)
    inside(env, "goals", "remove", goal)
    assert said(env, "goals", "list", "--json")["items"] == []
    inside(env, "goals", "restore", goal)
    assert said(env, "goals", "list", "--json")["items"][0]["target"] == 50_000.0
    assert "must be whole" in refused(env, "goals", "add", "month", "count", "1.5", code=2)
