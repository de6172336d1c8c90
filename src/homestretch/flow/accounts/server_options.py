"""Changes the options that an administrator may change in the web app."""

from zoneinfo import available_timezones

from sqlalchemy import delete, select

from homestretch.errors import BadRequest, Conflict
from homestretch.flow.runtime.context import Context
from homestretch.flow.security.log import record
from homestretch.maps import backgrounds as maps
from homestretch.maps import files as map_files
from homestretch.settings import OPTIONS, Option
from homestretch.store.tables.kept import settings as table

#: What makes up the background map, and is checked together.
MAP = {"map_kind", "map_url", "map_hosts"}


def set_options(context: Context, changes: dict[str, str | None]) -> None:
    """Set each option named (None or an empty text: back to its default). Raises BadRequest or Conflict."""
    known = {option.key: option for option in OPTIONS}
    for key, value in changes.items():
        if key not in known:
            raise BadRequest(reason=f"Unknown setting {key}.")
        if context.settings.locked(known[key]) is not None:
            raise Conflict(reason=f"Set by the environment variable HOMESTRETCH_{key.upper()}. Change it there.")
        if value:
            _check(known[key], value)
    with context.database.write() as session:
        if changes.keys() & MAP:
            _check_map(context, {row.key: row.value for row in session.rows(select(table))} | changes)
        for key, value in changes.items():
            session.run(delete(table).where(table.c.key == key))
            if value:
                session.put(table, [{"key": key, "value": value, "set_ms": context.clock()}])
        if changes:
            record(session, context, "settings_changed", details={"settings": sorted(changes)})


def _check(option: Option, value: str) -> None:
    if option.choices and value not in option.choices:
        raise BadRequest(reason=f"{option.key} must be one of {', '.join(option.choices)}.")
    if option.key == "home_zone" and value not in available_timezones():
        raise BadRequest(reason=f"{value} is not a time zone. Use a name such as Europe/Prague.")


def _check_map(context: Context, chosen: dict[str, str | None]) -> None:
    """Refuse a background map that no browser could show: its address depends on its kind. Raises BadRequest."""
    locked = {option.key: context.settings.locked(option) for option in OPTIONS}
    kind, url, more = (locked[key] or chosen.get(key) for key in ("map_kind", "map_url", "map_hosts"))
    maps.further(more)
    if kind == "pmtiles":
        map_files.read_map(context.settings.maps_dir, url or "")
    elif url:
        maps.origins("raster" if kind == "raster" else "style", url)
    elif kind in ("raster", "style"):
        raise BadRequest(reason="Enter the address of the background map.")
