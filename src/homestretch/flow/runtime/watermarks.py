"""Marks per athlete, as they are set: what has changed, and what a job has taken notice of."""

import secrets

from homestretch.store.database import Writer
from homestretch.store.queries.watermarks import CHANGED
from homestretch.store.tables.derived import watermarks


def touch(session: Writer, athlete_id: int, *names: str) -> None:
    """Mark that something derived of the athlete has changed, or only these watermarks."""
    for name in names or (CHANGED,):
        set_watermark(session, athlete_id, name, secrets.token_hex(8))


def set_watermark(session: Writer, athlete_id: int, name: str, value: str) -> None:
    """Set a mark."""
    session.put(watermarks, [{"athlete_id": athlete_id, "job": name, "mark": value}])
