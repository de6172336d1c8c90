"""What the store finds near a recording is all that the rules may say anything about."""

from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert

from homestretch.flow.derive.matching import Neighbourhood
from homestretch.flow.runtime.context import Context
from homestretch.merge.features import Features
from homestretch.merge.match import related
from homestretch.store.tables.derived import known_as, recordings
from tests.analysis.made import START_MS
from tests.inline import Worlds

HOUR_S, DAY_S = 3600, 86_400


def _told(start_s: float, elapsed_s: float, **more: Any) -> Features:
    start_ms = START_MS + round(1000 * start_s)
    known: dict[str, Any] = {"key": "", "digest": "", "session": 0, "family": "run", "distance_m": None}
    known |= {"file_key": None, "start_point": None, "start_ms": start_ms, "end_ms": start_ms + round(1000 * elapsed_s)}
    return Features(**known | more)


def _day(day: int, **more: Any) -> Features:
    """Return something of which only the day is known: it is then noon."""
    noon = (START_MS // 1000 // DAY_S + day) * DAY_S + DAY_S // 2 - START_MS / 1000
    return _told(noon, 1800.0, timer_s=1800.0, date_only=True, **more)


NAMES = st.sets(st.sampled_from(["garmin/1", "garmin/2", "strava/1"]), max_size=2).map(sorted).map(tuple)
FILE_KEYS = st.sampled_from([None, None, None, "p", "q"])
FOUND = st.lists(
    st.one_of(
        st.builds(
            _told,
            start_s=st.integers(0, 40).map(lambda n: n * HOUR_S / 2),
            elapsed_s=st.sampled_from([0.0, 1800.0, 1810.0, 7200.0, 6.5 * DAY_S, 8.0 * DAY_S, 30.0 * DAY_S]),
            offset_s=st.sampled_from([None, 0, 9 * HOUR_S, -11 * HOUR_S]),
            samples=st.sampled_from([0, 100]), file_key=FILE_KEYS, keys=NAMES,
        ),
        st.builds(
            _told, start_s=st.integers(-40, 40).map(lambda n: n * DAY_S), elapsed_s=st.just(1800.0),
            file_key=FILE_KEYS, keys=NAMES,
        ),
        st.builds(_day, day=st.integers(-1, 1), file_key=FILE_KEYS, keys=NAMES),
    ),
    min_size=2, max_size=8,
)  # fmt: skip


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    return Worlds(tmp_path_factory.mktemp("worlds"))


@pytest.fixture(scope="module")
def context(worlds: Worlds) -> Any:
    with worlds.fresh() as made:
        yield made


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(FOUND, st.integers(0, 7))
@example([_day(0), _told(_day(0).start_ms / 1000 - START_MS / 1000 - 15 * HOUR_S, 1800.0, offset_s=9 * HOUR_S)], 1)
def test_the_store_finds_all_that_is_akin(context: Context, found: list[Features], number: int) -> None:
    named = [replace(one, key=f"k{n}", digest=f"d{n}") for n, one in enumerate(found)]
    changed = number % len(named)
    with context.database.write() as session:
        for table in (recordings, known_as):
            session.run(delete(table))
        session.run(insert(recordings), [_row(n, one) for n, one in enumerate(named)])
        names = [{"athlete_id": 1, "name": name, "recording_id": n} for n, one in enumerate(named) for name in one.keys]
        session.insert_new(known_as, names)
        near = Neighbourhood.of(session, 1, [changed]).rows
    assert {near[n].key for n in near} >= related({named[changed].key}, named)


def _row(number: int, one: Features) -> dict[str, Any]:
    return {
        "id": number, "athlete_id": 1, "activity_id": None, "key": one.key, "digest": one.digest,
        "start_ms": one.start_ms, "end_ms": one.end_ms, "file_key": one.file_key, "date_only": one.date_only,
        "features": asdict(one), "summary": {"part": None}, "detail": b"",
    }  # fmt: skip
