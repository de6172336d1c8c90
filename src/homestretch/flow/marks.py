"""Marks per athlete: what has changed, and what a job has taken notice of."""

import secrets

from sqlalchemy import select

from homestretch.store.database import Reader, Writer
from homestretch.store.tables.derived import marks

#: The mark that is another one after every change of what is derived of an athlete.
CHANGED = "changed"


def bump(session: Writer, athlete_id: int) -> None:
    """Say that something derived of the athlete has changed."""
    put_mark(session, athlete_id, CHANGED, secrets.token_hex(8))


def mark(reader: Reader, athlete_id: int, name: str) -> str | None:
    """Return a mark, or None before the first one."""
    mine = (marks.c.athlete_id == athlete_id) & (marks.c.job == name)
    found: str | None = reader.scalar(select(marks.c.mark).where(mine))
    return found


def put_mark(session: Writer, athlete_id: int, name: str, value: str) -> None:
    """Set a mark."""
    session.put(marks, [{"athlete_id": athlete_id, "job": name, "mark": value}])
