"""Background maps: the ones that are a click away, and which hosts a browser may ask for a chosen one."""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from homestretch.errors import BadRequest

#: What stands for `{s}` in an address of raster tiles: the same tiles under several names.
LETTERS = ("a", "b", "c")
_PRINTED = re.compile(r"[!-~]+")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME = rf"{_LABEL}(?:\.{_LABEL})*"
#: A name (or an IPv4 address) or an IPv6 address, and perhaps a port.
_HOST = re.compile(rf"(?:{_NAME}|\[[0-9a-f:.]+\])(?::[0-9]{{1,5}})?", re.IGNORECASE)
#: The same with a letter in front, which needs a domain of two parts at least behind it.
_LETTERED = re.compile(rf"\{{s\}}\.({_NAME}\.{_LABEL}(?::[0-9]{{1,5}})?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Preset:
    """A background map that is known: whose it is, its address (`{key}`: the athlete's own), and what else it asks.

    `more` are the hosts that a style names besides its own, for its letters and signs.
    """

    key: str
    title: str
    owner: str
    kind: Literal["raster", "style"]
    url: str
    attribution: str = ""
    more: str = ""
    sign_up: str = ""


PRESETS = (
    Preset(
        "osm", "OpenStreetMap", "The OpenStreetMap Foundation", "raster",
        "https://tile.openstreetmap.org/{z}/{x}/{y}.png", "© OpenStreetMap contributors",
    ),
    Preset("liberty", "OpenFreeMap Liberty", "OpenFreeMap", "style", "https://tiles.openfreemap.org/styles/liberty"),
    Preset("bright", "OpenFreeMap Bright", "OpenFreeMap", "style", "https://tiles.openfreemap.org/styles/bright"),
    Preset("positron", "OpenFreeMap Positron", "OpenFreeMap", "style", "https://tiles.openfreemap.org/styles/positron"),
    Preset(
        "protomaps", "Protomaps", "Protomaps", "style", "https://api.protomaps.com/styles/v5/light/en.json?key={key}",
        more="protomaps.github.io", sign_up="https://protomaps.com/account",
    ),
    Preset(
        "maptiler", "MapTiler Outdoor", "MapTiler", "style",
        "https://api.maptiler.com/maps/outdoor-v2/style.json?key={key}", sign_up="https://cloud.maptiler.com/account/keys/",
    ),
    Preset(
        "thunderforest", "Thunderforest Outdoors", "Thunderforest", "raster",
        "https://tile.thunderforest.com/outdoors/{z}/{x}/{y}.png?apikey={key}",
        "Maps © Thunderforest, data © OpenStreetMap contributors", sign_up="https://manage.thunderforest.com",
    ),
    Preset(
        "stadia", "Stadia Outdoors", "Stadia Maps", "style",
        "https://tiles.stadiamaps.com/styles/outdoors.json?api_key={key}", sign_up="https://client.stadiamaps.com",
    ),
)  # fmt: skip


def origins(kind: str | None, url: str | None, more: str | None = None) -> tuple[str, ...]:
    """Return the servers that a browser may ask for a background map, such as `https://tiles.example`.

    That is the host of its address and, of a style, the hosts that an administrator says it names (`more`).
    Raises BadRequest.
    """
    if kind not in ("raster", "style") or not url:
        return ()
    scheme, host = _parts(url)
    if kind == "raster" and not all(part in url for part in ("{z}", "{x}", "{y}")):
        raise BadRequest(reason="The address of raster tiles needs {z}, {x} and {y} for zoom, column and row.")
    lettered = _LETTERED.fullmatch(host)
    own = [f"{letter}.{lettered[1]}" for letter in LETTERS] if lettered else [host]
    others = further(more) if kind == "style" else ()
    return tuple(dict.fromkeys(f"{scheme}://{one}" for one in (*own, *others)))


def further(more: str | None) -> tuple[str, ...]:
    """Return the hosts in a list with blanks or commas between them. Raises BadRequest."""
    named = (more or "").replace(",", " ").split()
    for host in named:
        if not _is_host(host):
            raise BadRequest(
                reason=f"{host[:80]!r} is not a host name. Write one such as fonts.example.org, without https://."
            )
    return tuple(host.lower() for host in named)


def _parts(url: str) -> tuple[str, str]:
    """Return the scheme and the host of an address. Raises BadRequest."""
    if not _PRINTED.fullmatch(url) or any(mark in url for mark in "\"'<>\\`;"):
        raise BadRequest(reason="The map address contains a space, a quote or another invalid character.")
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise BadRequest(reason="The map address is not valid. Write one such as https://tiles.example.org.") from error
    if parts.scheme not in ("http", "https"):
        raise BadRequest(reason="The map address must begin with https:// or http://.")
    if "@" in parts.netloc:
        raise BadRequest(reason="The map address contains a user name. Remove it; browsers do not send it.")
    if not (_is_host(parts.netloc) or _LETTERED.fullmatch(parts.netloc)):
        raise BadRequest(reason="The map address needs a real host name, such as tiles.example.org, and no * in it.")
    return parts.scheme, parts.netloc.lower()


def _is_host(text: str) -> bool:
    port = text.rpartition(":")[2] if re.search(r":\d+$", text) and not text.endswith("]") else "1"
    return _HOST.fullmatch(text) is not None and 0 < int(port) < 65_536
