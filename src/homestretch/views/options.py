"""The options in force: what the environment sets, else what an administrator chose, else the default."""

from typing import Any

from sqlalchemy import select

from homestretch.settings import OPTIONS, Settings
from homestretch.store.database import Reader
from homestretch.store.tables.kept import settings as table


def options(reader: Reader, settings: Settings) -> list[dict[str, Any]]:
    """Return every option with its value, whether the environment locks it, and its choices."""
    chosen = {row.key: row.value for row in reader.rows(select(table))}
    found = []
    for option in OPTIONS:
        locked = settings.locked(option)
        value = locked if locked is not None else chosen.get(option.key, option.default)
        entry = {"key": option.key, "value": value, "locked": locked is not None}
        found.append({**entry, "kind": "choice" if option.choices else "text", "choices": list(option.choices)})
    return found


def option_values(reader: Reader, settings: Settings) -> dict[str, str | None]:
    """Return the value of every option by key."""
    return {option["key"]: option["value"] for option in options(reader, settings)}


def map_setting(reader: Reader, settings: Settings) -> dict[str, str | None]:
    """Return where map tiles come from: `kind` none, raster or style, `url`, `attribution`."""
    values = option_values(reader, settings)
    return {"kind": values["map_kind"], "url": values["map_url"], "attribution": values["map_attribution"]}
