"""Documents about the server's settings and background maps."""

from typing import Literal, TypedDict, get_args

MapKind = Literal["none", "raster", "style", "pmtiles"]
MAP_KINDS: tuple[MapKind, ...] = get_args(MapKind)


class MapSetting(TypedDict):
    """Where map tiles come from."""

    kind: MapKind
    url: str | None
    attribution: str | None


class MapPreset(TypedDict):
    """A background map that is known; where `sign_up` is an address, `{key}` in the URL is a key from there."""

    key: str
    title: str
    owner: str
    kind: Literal["raster", "style"]
    url: str
    attribution: str
    more: str
    hosts: list[str]
    sign_up: str


class MapFile(TypedDict):
    """A map file in the folder `maps`: its zooms, its box (west, south, east, north), and why it can't be shown."""

    name: str
    url: str
    size_bytes: int
    kind: Literal["vector", "raster"] | None
    min_zoom: int | None
    max_zoom: int | None
    box: tuple[float, float, float, float] | None
    attribution: str
    problem: str | None


class MapChoices(TypedDict):
    """The background maps to choose from: known ones, and the files of one's own."""

    items: list[MapPreset]
    files: list[MapFile]


class OptionState(TypedDict):
    """A setting, its value, and whether the environment locks it."""

    key: str
    value: str | None
    locked: bool
    kind: Literal["choice", "text"]
    choices: list[str]
