"""Pictures of photos: upright, of pixels alone, and none of what is no photo."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from homestretch.archive.archive import Archive
from homestretch.flow.photos.pictures import Pictures, PictureTask, Trouble, make_pictures
from homestretch.model.media.photos import EDGES, Taken
from tests.snapshots import photo


def made(tmp_path: Path, data: bytes) -> tuple[Pictures, dict[int, Path]]:
    paths = {edge: tmp_path / "photos" / f"{edge}.webp" for edge in EDGES}
    return make_pictures(PictureTask(Archive(tmp_path), "x", paths, data)), paths


def size_of(path: Path) -> tuple[int, int]:
    with Image.open(path) as image:
        return image.size


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_pictures_are_upright_and_have_pixels_alone(tmp_path: Path, form: str) -> None:
    data = photo((1600, 1200), form=form, turned=6, at_ms=1_700_000_000_000, spot=(48.5, -8.25))
    assert b"Secret maker" in data
    found, paths = made(tmp_path, data)
    assert (found.width, found.height, found.trouble) == (1200, 1600, None)
    assert found.taken.clock == "satellites" and found.taken.taken_ms == 1_700_000_000_000
    assert found.taken.latitude == pytest.approx(48.5) and found.taken.longitude == pytest.approx(-8.25)
    sizes = {320: (240, 320), 1024: (768, 1024), 2048: (1200, 1600)}
    for edge, path in paths.items():
        with Image.open(path) as image:
            assert image.format == "WEBP" and image.size == sizes[edge]
            assert not image.getexif() and set(image.info) <= {"loop", "background", "timestamp", "duration"}
            right, left = image.convert("RGB").getpixel((image.width - 5, 5)), image.convert("RGB").getpixel((5, 5))
        # What was the upper left quarter is the upper right one.
        assert isinstance(right, tuple) and isinstance(left, tuple) and min(right) > 200 > min(left)
        assert b"Secret" not in path.read_bytes() and b"EXIF" not in path.read_bytes()


def test_a_small_photo_is_made_no_larger(tmp_path: Path) -> None:
    found, paths = made(tmp_path, photo((100, 60)))
    assert (found.width, found.height) == (100, 60)
    assert {size_of(path) for path in paths.values()} == {(100, 60)}


def test_the_archive_gives_the_photo_where_no_bytes_are_given(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    digest = archive.keep(photo())
    assert make_pictures(PictureTask(Archive(tmp_path), digest)).width == 640
    assert make_pictures(PictureTask(Archive(tmp_path), "0" * 64)).trouble == "lost"


@pytest.mark.parametrize(
    ("data", "taken"),
    [
        (photo(local="2026:05:03 10:20:30"), Taken("camera", None, "2026-05-03T10:20:30")),
        (photo(local="2026:05:03 10:20:30", zone="+02:00"), Taken("zone", 1_777_796_430_000)),
        (photo(local="0000:00:00 00:00:00"), Taken()),
        (photo(local="soon", spot=(0.0, 0.0)), Taken()),
        (photo(form="PNG"), Taken()),
    ],
)
def test_what_a_photo_says_of_its_time(tmp_path: Path, data: bytes, taken: Taken) -> None:
    assert made(tmp_path, data)[0].taken == taken


def test_a_cameras_time_is_the_activitys_local_time() -> None:
    camera = Taken("camera", None, "2026-05-03T10:20:30")
    assert camera.at_ms(7200, 0) == 1_777_796_430_000 and camera.at_ms(7200, 3600) == 1_777_800_030_000
    assert Taken("zone", 1000).at_ms(7200, 5) == 6000
    assert Taken("satellites", 1000).at_ms(7200, 5) == 1000 and Taken().at_ms(0, 5) is None


def png(width: int, height: int) -> bytes:
    """Return a PNG that says it is so large, of a few bytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(100_000))), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (b"", "no_photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "no_photo"),
        (b"<html><script>alert(1)</script></html>", "no_photo"),
        (b"GIF89a" + bytes(50), "no_photo"),
        (b"\0\0\0\x18ftypheic" + bytes(50), "heic"),
        (b"\xff\xd8\xff" + b"<script>alert(1)</script>", "damaged"),
        (photo()[:2000], "damaged"),
        (photo(form="PNG")[:900], "damaged"),
        (b"RIFF\x10\0\0\0WEBPVP8 " + bytes(20), "damaged"),
        (png(12_000, 10_000), "too_many_pixels"),
        (png(60_000, 60_000), "too_many_pixels"),
        (png(0, 5), "damaged"),
    ],
)
def test_hostile_files_make_no_picture(tmp_path: Path, data: bytes, trouble: Trouble) -> None:
    found, paths = made(tmp_path, data)
    assert found.trouble == trouble
    assert not [path for path in paths.values() if path.exists()]


def test_a_photo_of_any_bytes_changed_is_a_picture_or_trouble(tmp_path: Path) -> None:
    whole = photo((64, 48), at_ms=1_700_000_000_000, spot=(1.0, 2.0), local="2026:05:03 10:20:30")
    paths = {320: tmp_path / "320.webp"}
    for at in range(0, min(len(whole), 900), 3):
        data = bytearray(whole)
        data[at] ^= 0xFF
        found = make_pictures(PictureTask(Archive(tmp_path), "x", paths, bytes(data)))
        assert found.trouble in (None, "damaged", "no_photo", "too_many_pixels"), at


def test_other_colours_and_transparency_are_shown(tmp_path: Path) -> None:
    for mode in ("CMYK", "L", "1", "RGBA", "P", "LA"):
        file = io.BytesIO()
        Image.new(mode, (30, 20)).save(file, "JPEG" if mode == "CMYK" else "PNG")
        found, paths = made(tmp_path, file.getvalue())
        assert found.trouble is None and size_of(paths[320]) == (30, 20), mode
