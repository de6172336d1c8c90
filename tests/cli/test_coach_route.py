"""Commands about planned routes, from a file to a device's course."""

from pathlib import Path

import pytest

from homestretch.formats import routes
from tests.cli.test_commands import refused, said
from tests.flow.coach.drawings import gpx, route, track
from tests.served import environment, inside


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """A folder whose athlete has an FTP of 250 W."""
    made = environment(tmp_path / "data")
    assert inside(made, "thresholds", "set", "ftp_w", "250", "--from", "2026-01-01").returncode == 0
    return made


def test_a_route_from_file_to_device(env: dict[str, str], tmp_path: Path) -> None:
    hill = tmp_path / "hill.gpx"
    hill.write_bytes(gpx(track("Hill")))
    (made,) = said(env, "coach", "route", "add", str(hill), "--name", "My hill", "--json")["items"]
    shown = inside(env, "coach", "route", "show", made["id"]).stdout
    assert "My hill  ride  6.6 km  3" in shown and "± 8 %" in shown and "climb" in shown
    cut = said(env, "coach", "route", "cut", made["id"], "2.5", "--json")
    assert cut["cuts"] == [2500.0] and len(cut["sections"]) == 2
    assert "no cut at 3 km" in refused(env, "coach", "route", "cut", made["id"], "3", "--remove", code=2)
    assert said(env, "coach", "route", "cut", made["id"], "--remove", "--json")["cuts"] == []
    place = tmp_path / "hill.fit"
    export = ("coach", "route", "export", made["id"], "--format")
    assert inside(env, *export, "fit", "--output", str(place)).returncode == 0
    (read,) = routes(place.read_bytes(), "hill.fit")
    assert read.name == "My hill" and read.sport == "ride"
    sections = tmp_path / "sections.csv"
    assert inside(env, *export, "csv", "--output", str(sections)).returncode == 0
    table = sections.read_text().splitlines()
    assert table[0].startswith("number,start_m") and len(table) == 2
    assert "holds no route" in refused(env, "coach", "route", "add", str(_text(tmp_path)), code=1)


def test_an_import_asks_about_a_track_without_times_and_a_session_follows_the_route(
    env: dict[str, str], tmp_path: Path
) -> None:
    both = tmp_path / "both"
    both.mkdir()
    (both / "hill.gpx").write_bytes(gpx(track("Hill")))
    (both / "ring.gpx").write_bytes(gpx(route("Ring")))
    report = said(env, "import", str(both), "--json")
    assert sorted(one["notes"][-1]["code"] for one in report["items"]) == ["planned_route", "route_or_activity"]
    found = said(env, "coach", "route", "list", "--json")
    assert [one["name"] for one in found["items"]] == ["Ring"] and found["questions"][0]["name"] == "Hill"
    number = inside(env, "coach", "route", "answer", found["questions"][0]["file"][:12], "route").stdout.strip()
    plan = said(env, "coach", "plan", "make", "--sport", "ride", "--weeks", "4", "--hours", "5", "--json")
    session = next(one["id"] for week in plan["weeks"] for day in week["days"] for one in day["sessions"])
    assert "follows no route" in inside(env, "coach", "plan", "route", session).stdout
    assert "Hill  6.6 km  about " in inside(env, "coach", "plan", "route", session, number).stdout
    assert said(env, "coach", "plan", "route", session, "--remove", "--json")["route"] is None


def _text(folder: Path) -> Path:
    place = folder / "a.txt"
    place.write_text("no route\n")
    return place
