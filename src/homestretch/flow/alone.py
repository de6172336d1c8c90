"""One transaction at a time changes what is derived of an athlete."""

from sqlalchemy import select

from homestretch.store.database import Writer
from homestretch.store.tables.kept import athletes


def alone(session: Writer, athlete_id: int) -> None:
    """Let one transaction at a time change an athlete's activities (SQLite has one writer anyway)."""
    session.scalar(select(athletes.c.id).where(athletes.c.id == athlete_id).with_for_update())
