"""What `homestretch doctor` says of backups, by when and how the last ones ended."""

from pathlib import Path

import pytest

from homestretch.flow.runtime.context import Context
from homestretch.store.queries.backups import BackupSettings, Kind, add_run, put_backup_settings, set_run
from homestretch.views.system.backup_checks import checked_backups, checked_drill

DAY_MS = 86_400_000
NOW = 1_795_000_000_000


def ended(context: Context, kind: Kind, state: str, days: float, place: Path) -> None:
    """Write down that a run of a kind ended so many days ago."""
    at_ms = round(NOW - days * DAY_MS)
    values: dict[str, object] = {"state": state, "began_ms": at_ms, "ended_ms": at_ms, "note": "The disk is full."}
    with context.database.write() as session:
        set_run(session, add_run(session, kind, "schedule", at_ms), {**values, "place": str(place), "file": "x.tar"})


def said(context: Context) -> tuple[str, str]:
    """Return what both checks say: their status."""
    with context.database.read() as reader:
        first = checked_backups(reader, context.settings, NOW)
        return first[0], checked_drill(reader, context.settings, NOW)[0]


@pytest.fixture
def chosen(sqlite_context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Context:
    """A store with a folder for backups on another disk."""
    monkeypatch.setattr("homestretch.files.on_same_disk", lambda *_: False)
    with sqlite_context.database.write() as session:
        put_backup_settings(session, BackupSettings(folder=str(tmp_path)), NOW)
    return sqlite_context


@pytest.mark.parametrize(
    ("state", "days", "status"),
    [("done", 1, "ok"), ("unchanged", 2.9, "ok"), ("done", 3.1, "fail"), ("failed", 0.1, "fail")],
)
def test_backups_that_fail_or_are_late(state: str, days: float, status: str, chosen: Context, tmp_path: Path) -> None:
    assert said(chosen)[0] == "warn", "there is none yet"
    ended(chosen, "backup", state, days, tmp_path)
    assert said(chosen)[0] == status


@pytest.mark.parametrize(("state", "days", "status"), [("done", 34, "ok"), ("done", 36, "warn"), ("failed", 1, "fail")])
def test_drills_that_fail_or_are_late(state: str, days: float, status: str, chosen: Context, tmp_path: Path) -> None:
    assert said(chosen)[1] == "ok", "there is nothing to try"
    ended(chosen, "backup", "done", 0.5, tmp_path)
    assert said(chosen) == ("ok", "warn")
    ended(chosen, "drill", state, days, tmp_path)
    assert said(chosen)[1] == status


@pytest.mark.parametrize("name", ["secret.key", "backup.key", "backup.old.key"])
def test_a_key_beside_the_backups_is_noticed(name: str, chosen: Context, tmp_path: Path) -> None:
    ended(chosen, "backup", "done", 0.5, tmp_path)
    (tmp_path / name).write_text("x")
    assert said(chosen)[0] == "warn"
