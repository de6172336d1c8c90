"""Changes the options that an administrator may change in the web app."""

from urllib.parse import urlsplit
from zoneinfo import available_timezones

from sqlalchemy import delete

from homestretch.errors import BadRequest, Conflict
from homestretch.flow.world import World
from homestretch.settings import OPTIONS, Option
from homestretch.store.tables.kept import settings as table


def set_options(world: World, changes: dict[str, str | None]) -> None:
    """Set each option named (None or an empty text: back to its default). Raises BadRequest or Conflict."""
    known = {option.key: option for option in OPTIONS}
    for key, value in changes.items():
        if key not in known:
            raise BadRequest(reason=f"There is no setting {key}.")
        if world.settings.locked(known[key]) is not None:
            raise Conflict(reason=f"HOMESTRETCH_{key.upper()} in the environment sets this; change it there.")
        if value:
            _check(known[key], value)
    with world.database.write() as session:
        for key, value in changes.items():
            session.run(delete(table).where(table.c.key == key))
            if value:
                session.put(table, [{"key": key, "value": value, "set_ms": world.clock()}])


def _check(option: Option, value: str) -> None:
    if option.choices and value not in option.choices:
        raise BadRequest(reason=f"{option.key} is one of {', '.join(option.choices)}.")
    if option.key == "map_url":
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or any(c in value for c in " ;,'\"\n"):
            raise BadRequest(reason="The map address must be a plain http or https address.")
    if option.key == "home_zone" and value not in available_timezones():
        raise BadRequest(reason=f"{value} is no time zone; use a name such as Europe/Prague.")
