"""What changes an athlete's activities takes turns; what only comes in for the athlete does not wait for that."""

from pathlib import Path

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import OperationalError

from homestretch.flow.accounts.accounts import athlete_named
from homestretch.flow.runtime.athlete_lock import lock_athlete
from homestretch.store.tables.kept import identities
from tests.conftest import make_context


def test_an_original_comes_in_while_routes_are_recognised(postgres_url: str, tmp_path: Path) -> None:
    busy, other = (make_context(tmp_path, postgres_url) for _ in range(2))
    athlete = athlete_named(busy, None)
    new = {"athlete_id": athlete, "public_id": "x" * 12, "key": "k", "minted_ms": 0}
    with busy.database.write() as turn:
        lock_athlete(turn, athlete)
        with other.database.write() as session:
            session.run(text("SET LOCAL lock_timeout = '5s'"))
            session.run(insert(identities).values(new))
        with pytest.raises(OperationalError, match="lock timeout"), other.database.write() as session:
            session.run(text("SET LOCAL lock_timeout = '200ms'"))
            lock_athlete(session, athlete)
    for context in (busy, other):
        context.database.close()
