"""Background maps of one's own: PMTiles files in the folder `maps` of the data folder.

PMTiles 3 is one file of map tiles: a header of 127 bytes, directories, metadata as JSON, then the tiles. A browser asks
for ranges of its bytes (github.com/protomaps/PMTiles, spec/v3).
"""

import gzip
import io
import json
import os
import re
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import Any, BinaryIO, Literal
from urllib.parse import quote, unquote

from homestretch import files
from homestretch.errors import HomestretchError, NotFound

type Kind = Literal["vector", "raster"]

#: Where they are served.
ADDRESS = "/api/maps/"
SUFFIX = ".pmtiles"
_HEADER = struct.Struct("<7sB11Q6B4iB2i")
#: Compressions by number; a browser unpacks the first two.
_COMPRESSIONS = {1: "none", 2: "gzip", 3: "brotli", 4: "zstd"}
_UNPACKED = frozenset({"none", "gzip"})
_TYPES: Mapping[int, Kind] = {1: "vector", 2: "raster", 3: "raster", 4: "raster", 5: "raster"}
#: Metadata is a few kB; more than this is no map's.
_MOST_METADATA = 4 << 20
#: What the Protomaps basemap is made of: by these its files are known.
_BASEMAP = frozenset({"earth", "water", "roads", "places"})
_BASEMAP_CREDIT = "Protomaps © OpenStreetMap contributors"


class BadMapFile(HomestretchError):
    """{name} can't be shown as a map: {reason}"""

    status = 400


@dataclass(frozen=True, slots=True)
class MapFile:
    """A map file: its bytes, zooms, and box in degrees (west, south, east, north); `problem`: why it can't be shown."""

    name: str
    size_bytes: int
    kind: Kind | None = None
    min_zoom: int | None = None
    max_zoom: int | None = None
    box: tuple[float, float, float, float] | None = None
    attribution: str = ""
    problem: str | None = None

    @property
    def url(self) -> str:
        """Return the address at which it is served."""
        return ADDRESS + quote(self.name)


def map_files(folder: Path) -> list[MapFile]:
    """Return the map files of a folder by name, also those that can't be shown; none where there is no folder."""
    try:
        found = sorted(entry.name for entry in os.scandir(folder) if _is_name(entry.name))
    except FileNotFoundError:
        return []
    return [_described(folder, name) for name in found]


def open_map(folder: Path, name: str) -> BinaryIO:
    """Open a map file of a folder, and nothing else: no other folder's, nor by way of a link. Raises NotFound."""
    if not _is_name(name):
        raise NotFound(what="map", id=name[:80])
    try:
        return files.opened(folder.resolve() / name, links=False)
    except OSError as error:
        raise NotFound(what="map", id=name[:80]) from error


def read_map(folder: Path, url: str) -> MapFile:
    """Return the map file that an address is of. Raises NotFound, BadMapFile."""
    name = unquote(url.removeprefix(ADDRESS)) if url.startswith(ADDRESS) else ""
    with open_map(folder, name) as file:
        return _read(name, file)


def _is_name(name: str) -> bool:
    return name.endswith(SUFFIX) and name.isprintable() and not name.startswith(".") and not set(name) & set("/\\")


def _described(folder: Path, name: str) -> MapFile:
    try:
        with open_map(folder, name) as file:
            try:
                return _read(name, file)
            except BadMapFile as bad:
                return MapFile(name, _size(file), problem=str(bad))
    except NotFound:
        return MapFile(name, 0, problem=f"{name} can't be opened. It is a link, not a regular file, or not readable.")


def _read(name: str, file: BinaryIO) -> MapFile:
    size = _size(file)
    head = file.read(_HEADER.size)
    if len(head) < _HEADER.size or not head.startswith(b"PMTiles"):
        raise BadMapFile(name=name, reason="it is not a PMTiles file.")
    _, version, *numbers = _HEADER.unpack(head)
    if version != 3:
        raise BadMapFile(name=name, reason=f"it is PMTiles version {version}. Only version 3 is supported.")
    extents, (_, inner, outer, tile_type, least, most), edges = numbers[:8], numbers[11:17], numbers[17:21]
    if any(offset + length > size for offset, length in zip(extents[::2], extents[1::2], strict=True)):
        raise BadMapFile(name=name, reason="it is incomplete. Copy it again.")
    kind = _TYPES.get(tile_type)
    if kind is None:
        raise BadMapFile(name=name, reason="its tiles are not vector tiles (MVT) or images.")
    packed = {_COMPRESSIONS.get(inner, "unknown"), *([_COMPRESSIONS.get(outer, "unknown")] if kind == "vector" else [])}
    if packed - _UNPACKED:
        raise BadMapFile(name=name, reason=f"it is compressed with {min(packed - _UNPACKED)}. Browsers need gzip.")
    metadata = _metadata(name, file, extents[2], extents[3], inner)
    if kind == "vector" and not _layers(metadata) >= _BASEMAP:
        raise BadMapFile(name=name, reason="its layers are not those of the Protomaps basemap.")
    west, south, east, north = (edge / 1e7 for edge in edges)
    credit = _BASEMAP_CREDIT if kind == "vector" else _plain(metadata.get("attribution"))
    return MapFile(name, size, kind, least, most, (west, south, east, north), credit)


def _size(file: BinaryIO) -> int:
    return os.fstat(file.fileno()).st_size


def _metadata(name: str, file: BinaryIO, offset: int, length: int, packed: int) -> dict[str, Any]:
    """Return the metadata of a map file, up to the size that a map has. Raises BadMapFile."""
    file.seek(offset)
    data = file.read(min(length, _MOST_METADATA))
    try:
        if _COMPRESSIONS[packed] == "gzip":
            data = gzip.GzipFile(fileobj=io.BytesIO(data)).read(_MOST_METADATA)
        metadata = json.loads(data or b"{}")
    except (EOFError, OSError, ValueError, RecursionError, zlib.error) as error:
        raise BadMapFile(name=name, reason="its metadata can't be read. Copy it again.") from error
    return metadata if isinstance(metadata, dict) else {}


def _layers(metadata: dict[str, Any]) -> set[str]:
    layers = metadata.get("vector_layers")
    items: Sequence[Any] = layers if isinstance(layers, list) else []
    return {str(layer.get("id")) for layer in items if isinstance(layer, dict)}


def _plain(text: Any) -> str:
    """Return the names in a map's metadata, without the links around them: the map shows it as HTML."""
    return escape(unescape(re.sub(r"<[^>]*>", "", text))).strip() if isinstance(text, str) else ""
