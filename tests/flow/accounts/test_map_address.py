"""The address of a background map: whatever stands in it, only real hosts come into the content security policy."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.errors import BadRequest
from homestretch.flow.accounts.server_options import set_options
from homestretch.flow.runtime.context import Context
from homestretch.maps import backgrounds as maps

TILES = "/{z}/{x}/{y}.png"
#: What a source in a policy may be: a scheme and a name or an address, and nothing that means more than one host.
ORIGIN = re.compile(r"https?://([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d+)?")
HOSTILE = (
    "https://*", "https://*.example.org", "https://{s}", "https://{s}.org", "https://me@tiles.example",
    "https://me:hush@tiles.example", "https://tiles.exa\tmple", "https://tiles.example\n", " https://tiles.example",
    "https://tiles example", "https://tiles.example; script-src *", "https://tiles.example,x", "https://'self'",
    "https://tiles.example:x", "https://tiles.example:0", "https://tiles.example:99999", "https://[::1", "https://",
    "https:/tiles.example", "//tiles.example", "ftp://tiles.example", "javascript:alert(1)", "data:,", "blob:x",
    "https://-x.example", "https://tiles..example", "https://tiles.example.", "https://tïles.example", "https://a_b",
    "https://tiles.example\\@evil.example", "https://tiles.example\x00", "https://tiles.example\x7f", "https://%2a",
)  # fmt: skip


@pytest.mark.parametrize("address", HOSTILE)
def test_a_hostile_address_is_refused_with_a_sentence(address: str) -> None:
    for kind in ("raster", "style"):
        with pytest.raises(BadRequest) as said:
            maps.origins(kind, address + TILES)
        assert str(said.value).startswith("The map address") and str(said.value).endswith(".")


@given(
    st.text(max_size=30) | st.from_regex(r"[a-z*{}@:.;,' /\[\]]{1,20}", fullmatch=True),
    st.sampled_from(["raster", "style"]),
)
def test_whatever_is_written_only_single_hosts_come_into_the_policy(host: str, kind: str) -> None:
    try:
        found = maps.origins(kind, f"https://{host}{TILES}", host)
    except BadRequest:
        return
    assert found and all(ORIGIN.fullmatch(origin) for origin in found)


@pytest.mark.parametrize(
    ("kind", "url", "more", "found"),
    [
        ("raster", f"https://Tiles.Example:8443{TILES}?key=a,b", None, ("https://tiles.example:8443",)),
        ("raster", f"http://192.168.1.4{TILES}", "ignored.example", ("http://192.168.1.4",)),
        ("raster", f"http://[fe80::1]:80{TILES}", None, ("http://[fe80::1]:80",)),
        ("raster", f"https://{{s}}.t.example{TILES}", None, tuple(f"https://{one}.t.example" for one in "abc")),
        ("style", "https://maps.example/s.json", "a.example, b.example:81",
         ("https://maps.example", "https://a.example", "https://b.example:81")),
        ("none", "https://maps.example/s.json", "a.example", ()),
        ("style", None, None, ()),
    ],
)  # fmt: skip
def test_an_address_lets_its_own_host_in(kind: str, url: str | None, more: str | None, found: tuple[str, ...]) -> None:
    assert maps.origins(kind, url, more) == found


def test_every_preset_is_a_map_that_may_be_chosen() -> None:
    for preset in maps.PRESETS:
        assert all(ORIGIN.fullmatch(origin) for origin in maps.origins(preset.kind, preset.url, preset.more))


def test_a_map_is_checked_as_a_whole(sqlite_context: Context) -> None:
    for bad in (
        {"map_kind": "raster"},
        {"map_kind": "raster", "map_url": "https://tiles.example/{z}/{x}.png"},
        {"map_kind": "raster", "map_url": "https://*/{z}"},
        {"map_kind": "style", "map_url": "https://maps.example/s.json", "map_hosts": "*"},
    ):
        with pytest.raises(BadRequest):
            set_options(sqlite_context, dict(bad))
    set_options(sqlite_context, {"map_kind": "style", "map_url": "https://maps.example/s.json"})
    with pytest.raises(BadRequest):
        set_options(sqlite_context, {"map_kind": "raster"})
    with pytest.raises(BadRequest):
        set_options(sqlite_context, {"map_url": None})
    set_options(sqlite_context, {"map_kind": None, "map_url": None})
