"""Background maps of one's own: what of the folder `maps` is served, to whom, and how much of it."""

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import ClientDisconnect
from starlette.testclient import TestClient

from homestretch.api.routers import maps
from homestretch.maps.files import map_files, open_map
from tests.api.client import Client
from tests.map_tiles import PNG, picture, pmtiles, town

NAME = "home town.pmtiles"
URL = "/api/maps/home%20town.pmtiles"
BOX = (-180.0, -85.0, 180.0, 85.0)
WHOLE = town((11.4, 47.3), zooms=range(9, 11))


@pytest.fixture
def folder(solo: Client) -> Path:
    """The folder of maps, with one in it."""
    folder = solo.served.settings.maps_dir
    folder.mkdir()
    (folder / NAME).write_bytes(WHOLE)
    return folder


def test_a_range_of_it_is_served_and_only_that(solo: Client, folder: Path) -> None:
    size = len(WHOLE)
    whole = solo.get(URL)
    assert (whole.status_code, whole.content) == (200, WHOLE)
    assert whole.headers["content-encoding"] == "identity" and whole.headers["accept-ranges"] == "bytes"
    for asked, start, stop in (
        ("bytes=0-126", 0, 127), ("bytes=5-5", 5, 6), (f"bytes=100-{size + 9}", 100, size),
        ("bytes=200-", 200, size), ("bytes=-50", size - 50, size), (f"bytes=-{size + 9}", 0, size),
    ):  # fmt: skip
        part = solo.get(URL, headers={"Range": asked})
        assert (part.status_code, part.content) == (206, WHOLE[start:stop]), asked
        assert part.headers["content-range"] == f"bytes {start}-{stop - 1}/{size}"
        assert int(part.headers["content-length"]) == stop - start
    for asked in (f"bytes={size}-", f"bytes={size}-{size + 9}", "bytes=-0"):
        behind = solo.get(URL, headers={"Range": asked})
        assert (behind.status_code, behind.headers["content-range"]) == (416, f"bytes */{size}"), asked
        assert behind.json()["code"] == "no-such-range"
    for asked in ("bytes=9-5", "bytes=0-1,4-5", "bytes=", "bytes=-", "bytes=a-b", "lines=0-1", "bytes=0-1-2", "0-1"):
        assert solo.get(URL, headers={"Range": asked}).status_code == 200, asked


def test_it_is_asked_for_again_only_where_it_changed(solo: Client, folder: Path) -> None:
    tag = solo.get(URL, headers={"Range": "bytes=0-0"}).headers["etag"]
    for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = solo.get(URL, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    here = {"Range": "bytes=0-9"}
    assert solo.get(URL, headers={"If-None-Match": '"other"', **here}).status_code == 206
    assert solo.get(URL, headers={"If-Range": tag, **here}).content == WHOLE[:10]
    os.utime(folder / NAME, ns=(1, 1))
    assert solo.get(URL, headers={"If-Range": tag, **here}).content == WHOLE  # the rest of another file is no use
    assert solo.get(URL, headers={"If-None-Match": tag}).status_code == 200


def test_a_head_reads_no_byte(solo: Client, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_chunks(*_: Any) -> Any:
        raise AssertionError("a byte was read")

    monkeypatch.setattr(maps, "_chunks", no_chunks)
    head = solo.head(URL, headers={"Range": "bytes=0-9"})
    assert (head.status_code, head.headers["content-length"]) == (200, str(len(WHOLE)))
    assert head.headers["etag"] and head.headers["accept-ranges"] == "bytes"
    assert solo.head("/api/maps/gone.pmtiles").status_code == 404


def test_a_file_is_closed_also_where_nobody_waits_for_it_any_more(solo: Client, folder: Path) -> None:
    async def gone(_: Any) -> None:
        raise OSError("gone")

    async def nothing() -> Any:
        return {"type": "http.disconnect"}

    file = open_map(folder, NAME)
    part = maps._Part(file, range(10), 206, {})
    with pytest.raises(ClientDisconnect):
        asyncio.run(part({"type": "http", "asgi": {"spec_version": "2.4"}}, nothing, gone))
    assert file.closed


def test_nothing_but_regular_files_of_the_folder_is_served(solo: Client, folder: Path) -> None:
    beside = folder.parent / "beside.pmtiles"
    beside.write_bytes(WHOLE)
    (folder / "link.pmtiles").symlink_to(beside)
    (folder / "inner.pmtiles").symlink_to(folder / NAME)
    (folder / "sub.pmtiles").mkdir()
    (folder / "sub.pmtiles" / "deep.pmtiles").write_bytes(WHOLE)
    os.mkfifo(folder / "pipe.pmtiles")
    for name in ("notes.txt", ".hidden.pmtiles", "..pmtiles"):
        (folder / name).write_bytes(WHOLE)
    tried = (
        "link.pmtiles", "inner.pmtiles", "sub.pmtiles", "sub.pmtiles/deep.pmtiles", "pipe.pmtiles", "notes.txt",
        ".hidden.pmtiles", "..pmtiles", "gone.pmtiles", "../beside.pmtiles", "..%2Fbeside.pmtiles",
        "%2e%2e%2fbeside.pmtiles", "..%5Cbeside.pmtiles", "x%00.pmtiles", "%2Fetc%2Fpasswd", ".%2Fhome town.pmtiles",
    )  # fmt: skip
    for name in tried:
        assert solo.get(f"/api/maps/{name}").status_code in (400, 404), name
    listed = {one["name"]: one["problem"] for one in solo.get("/api/settings/maps").json()["files"]}
    assert listed[NAME] is None
    assert {name for name, problem in listed.items() if problem} == {
        "link.pmtiles", "inner.pmtiles", "sub.pmtiles", "pipe.pmtiles",
    }  # fmt: skip


def test_it_is_for_who_is_signed_in(solo: Client, folder: Path) -> None:
    assert solo.other("ben").get(URL, headers={"Range": "bytes=0-9"}).content == WHOLE[:10]
    stranger = TestClient(solo.api, base_url=str(solo.base_url))
    for method in ("GET", "HEAD"):
        assert stranger.request(method, URL).status_code == 401
        assert stranger.request(method, "/api/maps/gone.pmtiles").status_code == 401


def test_it_is_chosen_like_any_background_map_and_lets_nobody_in(solo: Client, folder: Path) -> None:
    before = solo.get("/").headers["content-security-policy"]
    answer = solo.patch("/api/settings", json={"map_kind": "pmtiles", "map_url": URL, "map_attribution": "me"})
    assert answer.status_code == 200, answer.text
    assert solo.get("/api/session").json()["map"] == {"kind": "pmtiles", "url": URL, "attribution": "me"}
    assert solo.get("/").headers["content-security-policy"] == before
    for url in ("/api/maps/gone.pmtiles", "/api/maps/..%2Fbeside.pmtiles", "https://tiles.example/x.pmtiles", None):
        refused = solo.patch("/api/settings", json={"map_kind": "pmtiles", "map_url": url})
        assert refused.status_code == 404, url
    (folder / "torn.pmtiles").write_bytes(WHOLE[:300])
    torn = solo.patch("/api/settings", json={"map_kind": "pmtiles", "map_url": "/api/maps/torn.pmtiles"})
    assert (torn.status_code, torn.json()["detail"]) == (
        400, "torn.pmtiles can't be shown as a map: it is incomplete. Copy it again.",
    )  # fmt: skip


def test_there_is_nothing_to_choose_without_a_folder(solo: Client) -> None:
    assert solo.get("/api/settings/maps").json()["files"] == []


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "it is not a PMTiles file."),
        (b"PMTiles\x03", "it is not a PMTiles file."),
        (b"\x89PNG" + bytes(400), "it is not a PMTiles file."),
        (WHOLE[:-1], "it is incomplete. Copy it again."),
        (pmtiles({(0, 0, 0): b"x"}, BOX, version=2), "it is PMTiles version 2. Only version 3 is supported."),
        (pmtiles({(0, 0, 0): b"x"}, BOX, type=0), "its tiles are not vector tiles (MVT) or images."),
        (pmtiles({(0, 0, 0): b"x"}, BOX, outer=4), "it is compressed with zstd. Browsers need gzip."),
        (pmtiles({(0, 0, 0): b"x"}, BOX, inner=3), "it is compressed with brotli. Browsers need gzip."),
        (pmtiles({(0, 0, 0): b"x"}, BOX, inner=1), "its metadata can't be read. Copy it again."),
        (
            pmtiles({(0, 0, 0): b"x"}, BOX, metadata={"vector_layers": [{"id": "streets"}]}),
            "its layers are not those of the Protomaps basemap.",
        ),
        (
            pmtiles({(0, 0, 0): b"x"}, BOX, metadata=["no", "layers"]),
            "its layers are not those of the Protomaps basemap.",
        ),
    ],
)
def test_a_file_that_is_no_map_says_why(tmp_path: Path, data: bytes, problem: str) -> None:
    (tmp_path / "bad.pmtiles").write_bytes(data)
    (one,) = map_files(tmp_path)
    assert (one.problem, one.size_bytes) == (f"bad.pmtiles can't be shown as a map: {problem}", len(data))


def test_a_map_says_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "a.pmtiles").write_bytes(pmtiles({(2, 1, 1): picture((1, 2, 3))}, BOX, type=PNG))
    (tmp_path / "b.pmtiles").write_bytes(WHOLE)
    images, vectors = map_files(tmp_path)
    assert (images.kind, images.min_zoom, images.max_zoom, images.box) == ("raster", 2, 2, BOX)
    assert images.attribution == "© All &amp; sundry"  # as HTML, and no link
    assert (vectors.kind, vectors.min_zoom, vectors.max_zoom) == ("vector", 9, 10)
    assert vectors.box == pytest.approx((11.37, 47.27, 11.43, 47.33))
    assert (images.problem, vectors.problem) == (None, None)


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_whatever_a_file_holds_it_is_described(at: int, value: int) -> None:
    """One byte is another one: what is read of the file is a map, or says why it is none."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        (Path(folder) / "odd.pmtiles").write_bytes(WHOLE[:at] + bytes([value]) + WHOLE[at + 1 :])
        (one,) = map_files(Path(folder))
        assert (one.kind is None) == (one.problem is not None)
