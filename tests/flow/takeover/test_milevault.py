"""MileVault: files, names, weights and segments from a dump whose columns are only guessed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from homestretch.analysis.geometry import polyline
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.edit import health
from homestretch.flow.edit import segments as segment_flow
from homestretch.flow.runtime.context import Context
from homestretch.flow.takeover.reading.dump import opened
from homestretch.flow.takeover.reading.items import NotItsStore, SeveralUsers, StoreUnreadable
from homestretch.flow.takeover.reading.lines import points_of
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities
from homestretch.store.tables.kept import health_entries, segments
from tests.browser.rides import DAY_MS, rides
from tests.flow.takeover.taken import Taken, digests, failures, left
from tests.formats.golden import START_MS

LINE = [(60.17, 24.94), (60.171, 24.95), (60.175, 24.96), (60.18, 24.962)]


def copy(table: str, columns: str, *rows: tuple[object, ...]) -> str:
    """Return a COPY block as pg_dump writes one."""

    def cell(value: object) -> str:
        return "\\N" if value is None else str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")

    lines = "".join("\t".join(map(cell, row)) + "\n" for row in rows)
    return f"COPY public.{table} ({columns}) FROM stdin;\n{lines}\\.\n\n"


def stamp(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S+00")


def dump(*others: str) -> str:
    import numpy as np

    line = polyline.encode(np.array([one[0] for one in LINE]), np.array([one[1] for one in LINE]))
    return "--\n-- PostgreSQL database dump\n--\nSET statement_timeout = 0;\n\n" + "".join((
        copy("users", "id, username, hashed_password", (1, "ada", "$2b$"), *((2, one, "x") for one in others)),
        copy("activities", 'id, user_id, name, sport_type, start_time, file_path, rpe, notes, named_route_id, "type"',
             (1, 1, "Around\tthe bay", "cycling", stamp(START_MS + DAY_MS), "/data/files/1/a.fit", 6, "Two\nlines",
              5, ""),
             (2, 1, "By its start", "cycling", stamp(START_MS + 2 * DAY_MS), None, None, None, None, ""),
             (3, 1, "Gone", "running", stamp(START_MS + 9 * DAY_MS), "/data/files/1/gone.fit", None, None, None, ""),
             *((4, 2, "Not hers", "cycling", stamp(START_MS), "/data/files/2/c.fit", 1, None, None, "")
               for _ in others)),
        copy("named_routes", "id, user_id, name", (5, 1, "Bay loop")),
        copy("segments", "id, user_id, name, sport, polyline", (1, 1, "Bridge", "cycling", line),
             (2, 1, "Shapeless", "cycling", None)),
        copy("weight_logs", "id, user_id, date, weight_kg", (1, 1, "2026-04-01", "70.4"), (2, 1, None, "70")),
        copy("activity_data_points", "time, activity_id, heart_rate", (stamp(START_MS), 1, 120)),
    ))  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "milevault"
    first, second = rides(2).values()
    (made / "files" / "1").mkdir(parents=True)
    (made / "files" / "1" / "a.fit").write_bytes(first)
    (made / "files" / "1" / "b.fit").write_bytes(second)
    (made / "milevault.sql").write_text(dump())
    return made


def test_what_is_understood_comes_once(context: Context, scope: Scope, decoders: Decoders, folder: Path) -> None:
    taken, before = Taken(context, scope, decoders, "milevault"), digests(folder)
    tried = taken.run(folder, tried=True)
    assert failures(tried) == [("file", "/data/files/1/gone.fit")]
    report = taken.run(folder)
    counts = {"files": (2, 0, 0), "edits of activities": (2, 0, 0), "measurements": (1, 0, 0), "segments": (1, 0, 0)}
    assert taken.counts(report) == counts
    assert left(report) == {"segments": 1, "weights": 1, "users": 1, "unknown tables and columns": 2}
    with context.database.read() as reader:
        first, second = reader.rows(select(activities).order_by(activities.c.start_ms))
        [segment] = reader.rows(select(segments))
        [weight] = reader.rows(select(health_entries))
    assert (first.name, first.rpe, first.description) == ("Around the bay", 6, "Two\nlines")
    assert second.name == "By its start" and (segment.name, segment.family) == ("Bridge", "ride")
    assert (weight.kind, weight.day, weight.value, weight.at_ms) == ("weight_kg", "2026-04-01", 70.4, None)
    after = taken.kept()
    again = taken.run(folder)
    assert taken.counts(again) == {name: (0, new, 0) for name, (new, _, _) in counts.items()}
    assert taken.kept() == after and digests(folder) == before


def test_what_was_removed_here_stays_removed(
    sqlite_context: Context, scope: Scope, decoders: Decoders, folder: Path
) -> None:
    taken = Taken(sqlite_context, scope, decoders, "milevault")
    taken.run(folder)
    with sqlite_context.database.read() as reader:
        [segment] = reader.rows(select(segments))
        [weight] = reader.rows(select(health_entries))
    segment_flow.remove(sqlite_context, scope, segment.public_id)
    health.remove_entry(sqlite_context, scope, weight.public_id)
    before = taken.kept()
    assert all(one["new"] == 0 for one in taken.run(folder)["counts"]) and taken.kept() == before


def test_only_the_files_of_the_chosen_user_come(
    sqlite_context: Context, scope: Scope, decoders: Decoders, folder: Path
) -> None:
    (folder / "files" / "2").mkdir()
    (folder / "files" / "2" / "c.fit").write_bytes(rides(3)["ride-2.fit"])
    (folder / "milevault.sql").write_text(dump("ben"))
    taken = Taken(sqlite_context, scope, decoders, "milevault")
    with pytest.raises(SeveralUsers, match=r"1 \(ada\), 2 \(ben\)"):
        taken.run(folder)
    report = taken.run(folder, user="ada")
    assert taken.names() == ["Around the bay"] and left(report)["files that no activity names"] == 1


def test_dumps_of_another_form_get_a_sentence(
    sqlite_context: Context, scope: Scope, decoders: Decoders, folder: Path
) -> None:
    taken = Taken(sqlite_context, scope, decoders, "milevault")
    store = folder / "milevault.sql"
    store.write_bytes(b"PGDMP\x01\x0e")
    with pytest.raises(NotItsStore, match="pg_dump -Fp"):
        taken.run(folder)
    store.write_text("SELECT 1;\n")
    with pytest.raises(NotItsStore, match="no table activities"):
        taken.run(folder)
    store.write_text(copy("activities", "id, mood", (1, "good")))
    with pytest.raises(NotItsStore, match="neither files nor starts"):
        taken.run(folder)
    whole = dump()
    store.write_text(whole[: whole.index("Around")])
    with pytest.raises(StoreUnreadable, match="ends in the middle"):
        taken.run(folder)


def test_cells_of_a_dump_are_read_as_postgres_writes_them(tmp_path: Path) -> None:
    store = tmp_path / "one.sql"
    store.write_text('COPY "public"."t" (id, "b") FROM stdin;\n2\ta\\tb\\\\n\\x41\\101\n10\t\\N\n\\.\n')
    with opened(store, "MileVault") as tables:
        assert [dict(row) for row in tables.rows("t", ("id", "b", "c"))] == [
            {"id": "2", "b": "a\tb\\nAA", "c": None}, {"id": "10", "b": None, "c": None},
        ]  # fmt: skip


@pytest.mark.parametrize(
    "stored",
    ["[[60.17, 24.94], [60.18, 24.95]]", '[{"lat": 60.17, "lng": 24.94}, {"latitude": 60.18, "longitude": 24.95}]',
     '{"type": "LineString", "coordinates": [[24.94, 60.17, 3], [24.95, 60.18, 4]]}'],
)  # fmt: skip
def test_lines_are_read_in_any_usual_form(stored: str) -> None:
    assert points_of(stored) == [(60.17, 24.94), (60.18, 24.95)]


@pytest.mark.parametrize("stored", ["", "[", "{}", "[1, 2]", "[[91, 3], [92, 4]]", "0102000020E6", "null", '["a"]',
                                    "[" * 1000 + "]" * 1000])  # fmt: skip
def test_what_is_no_line_gives_none(stored: str) -> None:
    assert points_of(stored) == []
