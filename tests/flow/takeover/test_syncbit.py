"""SyncBit: what it wrote to VictoriaMetrics is here by day, once."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.runtime.context import Context
from homestretch.flow.takeover.reading.items import NotItsStore, StoreUnreadable
from homestretch.store.scope import Scope
from homestretch.store.tables.derived_days import day_reports
from tests.flow.takeover.taken import Taken, digests, left
from tests.formats.test_syncbit_export import EXPORT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "syncbit"
    made.mkdir()
    (made / "export.jsonl").write_bytes(EXPORT)
    state = {"last_sync": None, "last_successful_date": "2026-05-04", "last_intraday_backfill_date": None}
    (made / "sync_state.json").write_text(json.dumps(state))
    (made / "fitbit_tokens.json").write_text("{}")
    return made


def test_days_come_once(context: Context, scope: Scope, decoders: Decoders, folder: Path) -> None:
    taken, before = Taken(context, scope, decoders, "syncbit"), digests(folder)
    tried = taken.run(folder, tried=True)
    assert taken.counts(tried) == {"files": (1, 0, 0)} and left(tried) == {"sync state": 1, "tokens": 1}
    report = taken.run(folder)
    assert {**report, "tried": True, "batch": None} == tried
    with context.database.read() as reader:
        days = {row.day for row in reader.rows(select(day_reports.c.day))}
    assert days == {"2026-05-03", "2026-05-04"}
    after = taken.kept()
    assert taken.counts(taken.run(folder)) == {"files": (0, 1, 0)}
    assert taken.kept() == after and digests(folder) == before


def test_two_people_are_not_mixed(sqlite_context: Context, scope: Scope, decoders: Decoders, folder: Path) -> None:
    (folder / "export.jsonl").write_bytes(EXPORT + EXPORT.replace(b"ABC123", b"XYZ"))
    report = Taken(sqlite_context, scope, decoders, "syncbit").run(folder)
    [why] = [one["why"] for one in report["left"] if one["what"] == "files without a recording"]
    assert "several people" in why and report["counts"] == []


def test_what_is_no_export_gets_a_sentence(
    sqlite_context: Context, scope: Scope, decoders: Decoders, folder: Path
) -> None:
    taken = Taken(sqlite_context, scope, decoders, "syncbit")
    (folder / "sync_state.json").write_text("{")
    with pytest.raises(StoreUnreadable):
        taken.run(folder)
    (folder / "sync_state.json").unlink()
    (folder / "export.jsonl").unlink()
    with pytest.raises(NotItsStore, match="holds no export"):
        taken.run(folder)
