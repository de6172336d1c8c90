"""What answers say of days is derived as they come, and it is the same as if all had been read at once."""

import hashlib
from datetime import timedelta
from typing import Any

import orjson
import pytest
import zstandard
from sqlalchemy import Row, func, select

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.payloads import decode_stale, stale_athletes
from homestretch.flow.derive.rederive import clear, rederive
from homestretch.flow.runtime.context import Context
from homestretch.flow.sync.runs import refetch_days
from homestretch.sources.garmin import decode
from homestretch.store.queries import payloads as store
from homestretch.store.queries.measurements import read_values
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import payload_outcomes, titles
from homestretch.store.tables.derived_days import intraday, measurements, nights
from homestretch.store.tables.kept import connections, payloads
from tests.fakes.garmin import FakeGarmin
from tests.sources.connected import TODAY, Connected
from tests.taking import digest

TABLES = (measurements, nights, intraday, titles)


def counted(context: Context) -> dict[str, int]:
    """Return how many rows there are of what is told."""
    with context.database.read() as reader:
        return {one.name: int(reader.scalar(select(func.count()).select_from(one)) or 0) for one in TABLES}


def rebuilt(connected: Connected) -> str:
    """Return the digest after everything derived was dropped and made again."""
    clear(connected.context)
    assert counted(connected.context) == dict.fromkeys((one.name for one in TABLES), 0)
    decode_stale(connected.context, connected.scope.athlete_id)
    return digest(connected.context)


@pytest.fixture
def connected(context: Context, scope: Scope, fake: FakeGarmin) -> Connected:
    """An account that was synced."""
    made = Connected.to(context, scope, fake, wellness=False)
    made.run()
    return made


def test_what_is_told_is_there_and_once(connected: Connected) -> None:
    context, athlete = connected.context, connected.scope.athlete_id
    assert stale_athletes(context) == [athlete]
    count = decode_stale(context, athlete)
    assert count == len(connected.rows(payloads)) and stale_athletes(context) == []
    told = counted(context)
    assert all(told.values()) and told["titles"] == 3
    assert decode_stale(context, athlete) == 0 and counted(context) == told
    with context.database.read() as reader:
        notes = {tuple(row.notes) for row in reader.rows(select(payload_outcomes))}
    assert notes <= {(), ("unknown_kind",)}


def test_in_steps_or_at_once_is_the_same(connected: Connected) -> None:
    """Days that changed, answers that were superseded or became empty, and names that changed, after each sync."""
    context, athlete, account = connected.context, connected.scope.athlete_id, connected.fake.account
    decode_stale(context, athlete)
    seen = {digest(context)}
    for number in range(1, 4):
        account.last_day = TODAY + timedelta(days=number)
        account.days, account.seed = 2 + number, account.seed + (number == 2)
        if number == 3:
            account.unworn = {TODAY + timedelta(days=number), TODAY + timedelta(days=number - 1)}
        account.forget()
        connected.clock.set(account.last)
        connected.run()
        assert decode_stale(context, athlete) > 0
        seen.add(digest(context))
    refetch_days(context, connected.scope, connected.id, "2026-01-01", account.last.isoformat())
    connected.run()
    decode_stale(context, athlete)
    found = digest(context)
    assert len(seen) == 4
    assert rebuilt(connected) == found


def test_the_order_of_telling_does_not_matter(connected: Connected, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("homestretch.flow.derive.payloads.PORTION", 3)
    decode_stale(connected.context, connected.scope.athlete_id)
    found = digest(connected.context)
    monkeypatch.setattr("homestretch.flow.derive.payloads.PORTION", 1000)
    assert rebuilt(connected) == found


def test_a_new_decoder_reads_everything_anew(connected: Connected, monkeypatch: pytest.MonkeyPatch) -> None:
    context, athlete = connected.context, connected.scope.athlete_id
    decode_stale(context, athlete)
    found = digest(context)
    monkeypatch.setattr(decode, "VERSION", decode.VERSION + 1)
    assert stale_athletes(context) == [athlete]
    assert decode_stale(context, athlete) == len(connected.rows(payloads))
    assert counted(context) and stale_athletes(context) == []
    assert found == digest(context)


def test_files_and_payloads_together(
    sqlite_context: Context, scope: Scope, fake: FakeGarmin, decoders: Decoders
) -> None:
    """Names are the same whether the list or the files are read first."""
    connected = Connected.to(sqlite_context, scope, fake)
    connected.run()
    decode_stale(sqlite_context, scope.athlete_id)
    rederive(sqlite_context, scope.athlete_id, decoders)
    found = digest(sqlite_context)
    clear(sqlite_context)
    rederive(sqlite_context, scope.athlete_id, decoders)
    decode_stale(sqlite_context, scope.athlete_id)
    assert digest(sqlite_context) == found


def test_what_a_later_answer_leaves_out_stays(connected: Connected) -> None:
    """A day's answer that says less erases nothing; one that says something else has the word."""
    context, athlete = connected.context, connected.scope.athlete_id
    decode_stale(context, athlete)
    answers = [(row, orjson.loads(unpacked(row.data))) for row in connected.rows(payloads) if row.kind == "respiration"]
    before, answer = next((row, answer) for row, answer in answers if answer.get("avgSleepRespirationValue"))
    kept, highest = answer["avgSleepRespirationValue"], answer["highestRespirationValue"] + 2
    put_payload(context, before, {**answer, "avgSleepRespirationValue": None, "highestRespirationValue": highest})
    decode_stale(context, athlete)
    with context.database.read() as reader:
        kinds = ["respiration_sleep_avg_brpm", "respiration_max_brpm"]
        days = read_values(reader, athlete, kinds, answer["calendarDate"], answer["calendarDate"])
        notes = reader.rows(select(payload_outcomes.c.payload_id).where(payload_outcomes.c.athlete_id == athlete))
    assert [[row.value for row in days[kind]] for kind in kinds] == [[kept], [highest]]
    assert len(notes) == len(connected.rows(payloads))
    assert digest(context) == rebuilt(connected)


def unpacked(data: bytes) -> bytes:
    """Return an answer as it came."""
    return zstandard.ZstdDecompressor().decompress(data)


def put_payload(context: Context, like: Row[Any], answer: dict[str, Any]) -> None:
    """Keep another answer about the same thing."""
    data = orjson.dumps(answer)
    columns = {name: getattr(like, name) for name in ("kind", "key", "until", "size")}
    changed = {"data": zstandard.ZstdCompressor().compress(data), "fetched_ms": like.fetched_ms + 1000}
    with context.database.write() as session:
        connection = session.rows(select(connections).where(connections.c.id == like.connection_id))[0]
        store.put_payload(session, connection, hashlib.sha256(data).hexdigest(), {**columns, **changed})
