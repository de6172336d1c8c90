"""Marks per athlete, as they are set: what has changed, and what a job has taken notice of."""

import secrets

from homestretch.store.database import Writer
from homestretch.store.marks import CHANGED
from homestretch.store.tables.derived import marks


def bump(session: Writer, athlete_id: int, name: str = CHANGED) -> None:
    """Say that something derived of the athlete has changed."""
    put_mark(session, athlete_id, name, secrets.token_hex(8))


def put_mark(session: Writer, athlete_id: int, name: str, value: str) -> None:
    """Set a mark."""
    session.put(marks, [{"athlete_id": athlete_id, "job": name, "mark": value}])
