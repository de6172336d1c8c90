"""Commands about workouts: the library, files in and out, and a workout among activities."""

import hashlib
import json
from pathlib import Path

import pytest

from homestretch.formats import decode
from tests.cli.test_commands import refused, said
from tests.formats.workouts.threshold import FILES, file_bytes
from tests.served import environment, homestretch, inside


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """A folder whose athlete has an FTP of 250 W."""
    made = environment(tmp_path / "data")
    assert inside(made, "thresholds", "set", "ftp_w", "250", "--from", "2026-01-01").returncode == 0
    return made


def exported(env: dict[str, str], workout: str, form: str, place: Path, *more: str) -> bytes:
    done = inside(env, "coach", "workout", "export", workout, "--format", form, "--output", str(place), *more)
    assert done.returncode == 0, done.stderr
    return place.read_bytes()


def test_all_templates_are_listed(env: dict[str, str]) -> None:
    found = said(env, "coach", "workout", "list", "--json")["items"]
    assert len(found) == 40 and len({one["id"] for one in found}) == 40
    (threshold,) = [one for one in found if one["id"] == "R7"]
    assert (threshold["hard"], threshold["minutes"], threshold["load"], threshold["repeats"]) == (
        True,
        51,
        58.8,
        [3, 5],
    )
    swims = said(env, "coach", "workout", "list", "--sport", "swim", "--json")["items"]
    assert [one["id"] for one in swims] == ["S1", "S2", "S3", "S4", "S5", "S6"]
    assert "3 × 8 min at threshold" in inside(env, "coach", "workout", "list").stdout


def test_a_template_is_shown_with_own_watts(env: dict[str, str]) -> None:
    shown = inside(env, "coach", "workout", "show", "R7").stdout
    assert "10 min 50-70 %; 3 x (8 min 95-100 %, 4 min 50-60 %); 5 min 60-40 %" in shown
    assert "238 to 250 W" in shown
    longer = said(env, "coach", "workout", "show", "r7", "-n", "5", "--json")
    assert (longer["chosen_repeats"], longer["name"], longer["minutes"]) == (5, "5 × 8 min at threshold", 75)
    assert "3 to 5 repeats" in refused(env, "coach", "workout", "show", "R7", "-n", "6", code=2)
    assert "no minutes to choose" in refused(env, "coach", "workout", "show", "R7", "--minutes", "6", code=2)


def test_exports_go_by_the_thresholds_of_the_day(env: dict[str, str], tmp_path: Path) -> None:
    assert inside(env, "thresholds", "set", "ftp_w", "200", "--from", "2026-06-01").returncode == 0
    before = exported(env, "R7", "erg", tmp_path / "a.erg", "--date", "2026-05-31")
    after = exported(env, "R7", "erg", tmp_path / "b.erg", "--date", "2026-06-01")
    assert b"\r\nFTP=250\r\n" in before and b"\r\n10.00\t244\r\n" in before
    assert b"\r\nFTP=200\r\n" in after and b"\r\n10.00\t195\r\n" in after
    assert before.count(b"\n") == before.count(b"\r\n")


def test_a_planned_session_goes_by_the_thresholds_of_its_day(env: dict[str, str], tmp_path: Path) -> None:
    plan = said(env, "coach", "plan", "make", "--sport", "ride", "--weeks", "2", "--hours", "5", "--json")
    sessions = [one for week in plan["weeks"] for day in week["days"] for one in day["sessions"]]
    hard = next(one for one in sessions if one["hard"])
    assert inside(env, "thresholds", "set", "ftp_w", "300", "--from", hard["date"]).returncode == 0
    shown = said(env, "coach", "workout", "show", hard["id"], "--json")
    assert (shown["name"], shown["own"], shown["thresholds"]["ftp_w"]) == (hard["title"], False, 300)
    first = exported(env, hard["id"], "erg", tmp_path / "a.erg")
    assert b"\r\nFTP=300\r\n" in first
    assert exported(env, hard["id"], "fit", tmp_path / "a.fit") == exported(env, hard["id"], "fit", tmp_path / "b.fit")


def test_bytes_go_to_standard_output(env: dict[str, str], tmp_path: Path) -> None:
    """As a real process: the bytes are those of the file."""
    done = homestretch(env, "coach", "workout", "export", "R7", "--format", "zwo")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.encode() == exported(env, "R7", "zwo", tmp_path / "x.zwo")


def test_a_file_is_imported_once_and_goes_out_as_it_came(env: dict[str, str], tmp_path: Path) -> None:
    place = tmp_path / "3x8.txt"
    place.write_bytes(file_bytes("3x8.txt"))
    arguments = ("coach", "workout", "import", str(place), "--name", "3x8 threshold")
    first = inside(env, *arguments).stdout.strip()
    assert inside(env, *arguments).stdout.strip() == first
    assert exported(env, first, "intervals", tmp_path / "out.txt") == file_bytes("3x8.txt")
    assert exported(env, first, "erg", tmp_path / "out.erg") == file_bytes("3x8.erg")
    assert exported(env, first, "mrc", tmp_path / "out.mrc") == file_bytes("3x8.mrc")
    made = exported(env, first, "garmin", tmp_path / "out.json")
    assert json.loads(made) == json.loads(FILES["3x8.garmin.json"])
    steps = decode(exported(env, first, "fit", tmp_path / "out.fit")).workouts[0].steps
    assert steps == decode(file_bytes("3x8.fit.hex")).workouts[0].steps
    (own,) = [one for one in said(env, "coach", "workout", "list", "--json")["items"] if one["own"]]
    assert (own["id"], own["imported"], own["hard"]) == (first, True, True)
    assert said(env, "verify", "--json")["missing"] == []


def test_a_workout_is_removed_and_restored(env: dict[str, str], tmp_path: Path) -> None:
    place = tmp_path / "3x8.zwo"
    place.write_bytes(file_bytes("3x8.zwo"))
    number = inside(env, "coach", "workout", "import", str(place)).stdout.strip()
    assert inside(env, "coach", "workout", "remove", number).returncode == 0
    assert len(said(env, "coach", "workout", "list", "--json")["items"]) == 40
    assert inside(env, "coach", "workout", "restore", number).returncode == 0
    assert said(env, "coach", "workout", "list", "--json")["items"][0]["name"] == "3x8 threshold"
    assert "No workout" in refused(env, "coach", "workout", "remove", "nothing", code=1)


def test_what_is_no_workout_says_so(env: dict[str, str], tmp_path: Path) -> None:
    place = tmp_path / "notes.txt"
    place.write_text("buy milk")
    assert "holds no workout" in refused(env, "coach", "workout", "import", str(place), code=1)
    assert "power of rides only" in refused(env, "coach", "workout", "export", "N7", "--format", "erg", code=2)
    assert "Unknown format" in refused(env, "coach", "workout", "export", "N7", "--format", "doc", code=2)


def test_a_workout_among_activities_goes_to_the_library(env: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    for name in ("3x8.zwo", "3x8.fit.hex"):
        (folder / name.removesuffix(".hex")).write_bytes(file_bytes(name))
    report = said(env, "import", str(folder), "--json")
    assert (report["imported"], report["activities"], report["failed"]) == (2, 0, 0)
    assert {item["notes"][0]["code"] for item in report["items"]} == {"workout"}
    assert "library" in report["items"][0]["notes"][0]["text"]
    own = [one["name"] for one in said(env, "coach", "workout", "list", "--json")["items"] if one["own"]]
    assert own == ["3x8 threshold"] * 2
    assert inside(env, "undo", report["batch"]).returncode == 0
    assert len(said(env, "coach", "workout", "list", "--json")["items"]) == 40
    assert hashlib.sha256(file_bytes("3x8.fit.hex")).hexdigest().startswith("72b2c7fa")
