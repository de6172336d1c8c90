"""The tools of an activity from the command line: listed, looked at first, applied and undone; and its tags."""

from pathlib import Path

import pytest

from homestretch.formats.fit.encode import encode
from tests.cli.test_commands import refused, said
from tests.formats import golden
from tests.served import environment, inside


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], str]:
    """A data folder with one run, and the id of that."""
    folder: Path = tmp_path_factory.mktemp("correct")
    env = environment(folder / "data")
    (folder / "run.fit").write_bytes(encode(golden.run(600)))
    inside(env, "import", str(folder / "run.fit"))
    (item,) = said(env, "activities", "--json")["items"]
    return env, item["id"]


def test_an_activity_is_split_after_a_look_and_joined_again(home: tuple[dict[str, str], str]) -> None:
    env, run = home
    listed = inside(env, "correct", run).stdout
    assert "crop" in listed and "start=TIME" in listed and "No lengths of a pool were recorded." in listed
    seen = inside(env, "correct", run, "split", "at=5:00", "rest_sport=walking", "--preview").stdout
    assert "whole" in seen and "0:04:59" in seen
    done = said(env, "correct", run, "split", "at=300", "rest_sport=walking", "--json")
    assert {one["sport"] for one in said(env, "activities", "--json")["items"]} == {"walking", "running"}
    inside(env, "correct", run, "--undo", str(done["edit"]))
    assert len(said(env, "activities", "--json")["items"]) == 1


def test_what_a_tool_does_not_take_is_refused_in_a_sentence(home: tuple[dict[str, str], str]) -> None:
    env, run = home
    assert "Write at=TIME" in refused(env, "correct", run, "split", "at=soon", code=2)
    assert "is no value of crop" in refused(env, "correct", run, "crop", "begin=5:00", code=2)
    assert "there is no tool cut" in refused(env, "correct", run, "cut", code=2)


def test_a_tag_is_added_and_removed_by_one_command(home: tuple[dict[str, str], str]) -> None:
    env, run = home
    assert "1 of 1" in inside(env, "tag", "commute", run).stdout
    assert "1 of 1" in inside(env, "tag", "commute", run, "--remove").stdout
    assert said(env, "show", run, "--json")["tags"] == []
