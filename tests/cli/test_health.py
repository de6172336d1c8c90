"""Commands about health: days, nights, trends, weight and notes."""

from pathlib import Path

from tests.cli.test_commands import refused, said
from tests.formats.fit.wellness import made
from tests.served import environment, inside

DAY = made.DAY


def test_files_of_a_watch_are_a_day(tmp_path: Path) -> None:
    env = environment(tmp_path / "data")
    noon = made.MIDNIGHT + 12 * made.HOUR
    (tmp_path / "morning.fit").write_bytes(made.file(made.info(), made.total(noon, 4000)))
    both = (made.total(noon, 4000), made.heart(noon + 60, 61), made.total(noon + 9 * made.HOUR, 9000))
    (tmp_path / "evening.fit").write_bytes(made.file(made.info(), *both))
    assert said(env, "health", "day", DAY, "--json") == {
        "day": DAY, "partial": False, "measures": {}, "night": None, "notes": [],
    }  # fmt: skip
    assert (
        "1 day of health" in inside(env, "import", str(tmp_path / "evening.fit"), str(tmp_path / "morning.fit")).stdout
    )
    day = said(env, "health", "day", DAY, "--json")
    assert (day["measures"]["steps"]["value"], day["measures"]["steps"]["device"]) == (9000.0, str(made.SERIAL))
    trend = said(env, "health", "trend", "steps", "--from", DAY, "--to", DAY, "--json")
    assert trend["days"] == [{"day": DAY, "value": 9000.0, "source": "fit", "device": str(made.SERIAL)}]
    shown = inside(env, "health", "day", DAY).stdout
    assert "Steps" in shown and "9000" in shown
    assert "Steps" in inside(env, "health", "kinds").stdout
    assert "no night" in refused(env, "health", "night", DAY, code=1).lower()
    refused(env, "health", "trend", "nonsense", code=1)


def test_weight_and_notes_are_entered_and_taken_back(tmp_path: Path) -> None:
    env = environment(tmp_path / "data")
    entry = said(env, "health", "weight", "add", "71.5", "--day", "2026-05-03", "--json")
    assert (entry["day"], entry["value"]) == ("2026-05-03", 71.5)
    listed = said(env, "health", "weight", "list", "--from", "2026-05-01", "--to", "2026-05-31", "--json")
    assert [(item["id"], item["value"]) for item in listed["items"]] == [(entry["id"], 71.5)]
    assert "71.5" in inside(env, "health", "weight", "list", "--from", "2026-05-01", "--to", "2026-05-31").stdout
    inside(env, "health", "weight", "remove", entry["id"])
    assert said(env, "health", "day", "2026-05-03", "--json")["measures"] == {}
    inside(env, "health", "weight", "restore", entry["id"])
    assert said(env, "health", "day", "2026-05-03", "--json")["measures"]["weight_kg"]["source"] == "hand"
    assert "from 1 to 400 kg" in refused(env, "health", "weight", "add", "7150", code=2)
    words = ("--day", "2026-05-03", "--until", "2026-05-05", "--text", "Flu", "--json")
    note = said(env, "health", "note", "ill", *words)
    assert said(env, "health", "day", "2026-05-04", "--json")["notes"][0]["text"] == "Flu"
    assert "Flu" in inside(env, "health", "notes", "list", "--from", "2026-05-01", "--to", "2026-05-31").stdout
    inside(env, "health", "notes", "remove", note["id"])
    assert said(env, "health", "day", "2026-05-04", "--json")["notes"] == []
    assert "ill, injured" in refused(env, "health", "note", "sick", code=2)
