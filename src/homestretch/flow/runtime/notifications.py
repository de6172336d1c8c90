"""What the athlete is told of without having looked: left once, seen, deleted."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, delete, exists, insert, select, update

from homestretch.errors import NotFound
from homestretch.flow.runtime.context import World
from homestretch.store.database import Writer
from homestretch.store.scope import Scope
from homestretch.store.tables.ops import notices


def notify(session: Writer, row: Row[Any], now: int, code: str, facts: Mapping[str, Any]) -> None:
    """Leave the athlete a notice about a connection, unless the same one is there unread."""
    same = (notices.c.connection_id == row.id) & (notices.c.code == code) & notices.c.seen_ms.is_(None)
    if not session.scalar(select(exists().where(same))):
        told = {"athlete_id": row.athlete_id, "connection_id": row.id, "at_ms": now, "code": code}
        session.run(insert(notices).values(**told, facts={"label": row.label, "source": row.source, **facts}))


def remind(session: Writer, athlete_id: int, now: int, code: str, facts: Mapping[str, Any]) -> None:
    """Leave the athlete a notice that is about no connection."""
    session.run(insert(notices).values(athlete_id=athlete_id, at_ms=now, code=code, facts=dict(facts)))


def see_all(world: World, scope: Scope) -> None:
    """Take the athlete's notices for read."""
    scope.must("notices: edit")
    mine = (notices.c.athlete_id == scope.athlete_id) & notices.c.seen_ms.is_(None)
    with world.database.write() as session:
        session.run(update(notices).where(mine).values(seen_ms=world.clock()))


def remove(world: World, scope: Scope, notice: int) -> None:
    """Delete a notice. Raises NotFound."""
    scope.must("notices: edit")
    with world.database.write() as session:
        mine = (notices.c.athlete_id == scope.athlete_id) & (notices.c.id == notice)
        if not session.run(delete(notices).where(mine)):
            raise NotFound(what="notice", id=notice)
