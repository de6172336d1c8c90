"""The options in force: what the environment sets, else what an administrator chose, else the default."""

import dataclasses
from typing import Any

from sqlalchemy import select

from homestretch.maps import backgrounds as maps
from homestretch.maps import files as map_files
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
    """Return where map tiles come from: `kind` none, raster, style or pmtiles, `url`, `attribution`."""
    values = option_values(reader, settings)
    return {"kind": values["map_kind"], "url": values["map_url"], "attribution": values["map_attribution"]}


def map_origins(reader: Reader, settings: Settings) -> tuple[str, ...]:
    """Return the servers that a browser may ask for the background map. Raises BadRequest for a bad map address."""
    values = option_values(reader, settings)
    return maps.origins(values["map_kind"], values["map_url"], values["map_hosts"])


def map_presets() -> list[dict[str, Any]]:
    """Return the background maps that are a click away, and the hosts that see the requests."""
    return [
        {**dataclasses.asdict(preset), "hosts": [origin.partition("://")[2] for origin in preset_origins(preset.key)]}
        for preset in maps.PRESETS
    ]


def own_maps(settings: Settings) -> list[dict[str, Any]]:
    """Return the map files that lie in the folder `maps`."""
    return [{**dataclasses.asdict(one), "url": one.url} for one in map_files.map_files(settings.maps_dir)]


def preset_origins(key: str) -> tuple[str, ...]:
    """Return the servers that a browser may ask to preview a preset; none for an unknown one."""
    preset = next((one for one in maps.PRESETS if one.key == key), None)
    return maps.origins(preset.kind, preset.url, preset.more) if preset else ()
