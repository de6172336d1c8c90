"""Public ids of identities."""

from sqlalchemy import select

from homestretch.errors import NotFound
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import identities


def public_id_of(reader: Reader, scope: Scope, identity: int) -> str:
    """Return the public id of one of the athlete's identities. Raises NotFound."""
    mine = (identities.c.id == identity) & (identities.c.athlete_id == scope.athlete_id)
    found = reader.scalar(select(identities.c.public_id).where(mine))
    if found is None:
        raise NotFound(what="identity", id=identity)
    return str(found)
