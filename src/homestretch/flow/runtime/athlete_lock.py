"""One transaction at a time changes what is derived of an athlete."""

from sqlalchemy import select

from homestretch.store.database import Writer
from homestretch.store.tables.kept import athletes


def lock_athlete(session: Writer, athlete_id: int) -> None:
    """Let one transaction at a time change an athlete's activities (SQLite has one writer anyway).

    What only names the athlete, such as an original that comes in, does not wait: foreign keys share this lock.
    """
    mine = select(athletes.c.id).where(athletes.c.id == athlete_id)
    session.scalar(mine.with_for_update(key_share=True))
