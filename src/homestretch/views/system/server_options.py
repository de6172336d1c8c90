"""The options in force: what the environment sets, else what an administrator chose, else the default."""

from sqlalchemy import select

from homestretch.maps import backgrounds as maps
from homestretch.maps import files as map_files
from homestretch.model.documents.settings import MAP_KINDS, MapFile, MapKind, MapPreset, MapSetting, OptionState
from homestretch.settings import OPTIONS, Option, Settings
from homestretch.store.database import Reader
from homestretch.store.tables.kept import settings as table


def options(reader: Reader, settings: Settings) -> list[OptionState]:
    """Return every option with its value, whether the environment locks it, and its choices."""
    chosen = {row.key: row.value for row in reader.rows(select(table))}
    return [_state(option, settings.locked(option), chosen.get(option.key, option.default)) for option in OPTIONS]


def _state(option: Option, locked: str | None, chosen: str | None) -> OptionState:
    return {
        "key": option.key,
        "value": chosen if locked is None else locked,
        "locked": locked is not None,
        "kind": "choice" if option.choices else "text",
        "choices": list(option.choices),
    }


def option_values(reader: Reader, settings: Settings) -> dict[str, str | None]:
    """Return the value of every option by key."""
    return {option["key"]: option["value"] for option in options(reader, settings)}


def map_setting(reader: Reader, settings: Settings) -> MapSetting:
    """Return where map tiles come from."""
    values = option_values(reader, settings)
    kind: MapKind = next((kind for kind in MAP_KINDS if kind == values["map_kind"]), "none")
    return {"kind": kind, "url": values["map_url"], "attribution": values["map_attribution"]}


def map_origins(reader: Reader, settings: Settings) -> tuple[str, ...]:
    """Return the servers that a browser may ask for the background map. Raises BadRequest for a bad map address."""
    values = option_values(reader, settings)
    return maps.origins(values["map_kind"], values["map_url"], values["map_hosts"])


def map_presets() -> list[MapPreset]:
    """Return the background maps that are a click away, and the hosts that see the requests."""
    return [_preset(preset) for preset in maps.PRESETS]


def _preset(preset: maps.Preset) -> MapPreset:
    return {
        "key": preset.key,
        "title": preset.title,
        "owner": preset.owner,
        "kind": preset.kind,
        "url": preset.url,
        "attribution": preset.attribution,
        "more": preset.more,
        "hosts": [origin.partition("://")[2] for origin in preset_origins(preset.key)],
        "sign_up": preset.sign_up,
    }


def own_maps(settings: Settings) -> list[MapFile]:
    """Return the map files that lie in the folder `maps`."""
    return [_map_file(one) for one in map_files.map_files(settings.maps_dir)]


def _map_file(file: map_files.MapFile) -> MapFile:
    return {
        "name": file.name,
        "url": file.url,
        "size_bytes": file.size_bytes,
        "kind": file.kind,
        "min_zoom": file.min_zoom,
        "max_zoom": file.max_zoom,
        "box": file.box,
        "attribution": file.attribution,
        "problem": file.problem,
    }


def preset_origins(key: str) -> tuple[str, ...]:
    """Return the servers that a browser may ask to preview a preset; none for an unknown one."""
    preset = next((one for one in maps.PRESETS if one.key == key), None)
    return maps.origins(preset.kind, preset.url, preset.more) if preset else ()
