"""Places on the server that a person names: an administrator's business, and none of them is the server's own."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select

from homestretch.errors import BadRequest, Forbidden
from homestretch.flow.world import World
from homestretch.sources import Field
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import accounts


def must_be_open(
    world: World, scope: Scope, fields: Sequence[Field], said: Mapping[str, Any], held: Mapping[str, Any] | None = None
) -> None:
    """Check the places that are named anew; web addresses are none.

    Raises Forbidden unless an administrator (or a command on the server) names them, for the server reads and writes
    there with its own rights, and BadRequest for places in the server's own data.
    """
    paths = [str(said[one.key]) for one in fields if one.kind == "path" and said.get(one.key)]
    known = {str(value) for value in (held or {}).values()}
    named = [path for path in paths if path not in known and not is_address(path)]
    if not named:
        return
    if scope.account_id is not None and not _is_admin(world, scope.account_id):
        raise Forbidden(action="name a place on the server; an administrator may")
    own = world.settings.data_dir.expanduser().resolve()
    for path in named:
        place = Path(path).expanduser().resolve()
        if place.is_relative_to(own) or own.is_relative_to(place):
            raise BadRequest(reason=f"{path} is, or holds, the server's own data; name another place.")


def is_address(path: str) -> bool:
    """Return whether this is a web address and no place on the server."""
    return urlsplit(path.strip()).scheme in ("http", "https")


def _is_admin(world: World, account_id: int) -> bool:
    with world.database.read() as reader:
        return bool(reader.scalar(select(accounts.c.is_admin).where(accounts.c.id == account_id)))
