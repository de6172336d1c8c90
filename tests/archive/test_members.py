"""Files inside files: everything that is there, once, under a harmless label, and never more than the limits."""

import gzip
import io
import os
import struct
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.archive.members import Limits, Member, members


def zipped(entries: Mapping[str, bytes] | list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, data in entries.items() if isinstance(entries, Mapping) else entries:
            made.writestr(name, data)
    return out.getvalue()


def found(data: bytes, limits: Limits | None = None, name: str = "in") -> list[tuple[str, bytes | str | None]]:
    return [(m.path, m.note if m.data is None else m.data) for m in members(data, name, limits)]


def test_a_plain_file_is_itself(tmp_path: Path) -> None:
    place = tmp_path / "ride.fit"
    place.write_bytes(b"plain")
    assert list(members(place, "ride.fit")) == [Member("ride.fit", b"plain")]
    assert found(b"") == [("in", b"")]
    with pytest.raises(FileNotFoundError):
        list(members(tmp_path / "gone", "gone"))


def test_containers_are_known_by_content() -> None:
    assert found(zipped({"a.fit": b"A"}), name="ride.fit") == [("ride.fit/a.fit", b"A")]
    assert found(gzip.compress(b"A"), name="ride.fit.gz") == [("ride.fit.gz/ride.fit", b"A")]
    assert found(gzip.compress(b"A"), name="ride") == [("ride/ride", b"A")]
    assert found(b"not a zip", name="a.zip") == [("a.zip", b"not a zip")]
    assert found(zipped({})) == []


def test_zstd_is_opened_too() -> None:
    packed = zstandard.ZstdCompressor(write_checksum=True).compress(b"A" * 5000)
    assert found(packed, name="ride.fit.zst") == [("ride.fit.zst/ride.fit", b"A" * 5000)]
    assert found(packed + packed, name="twice.zst") == [("twice.zst/twice", b"A" * 10_000)]
    for cut in range(4, len(packed) - 5):
        assert found(packed[:cut], name="cut.zst") == [("cut.zst/cut", "damaged")]
    assert found(packed[:4] + b"?" * 99, name="no.zst") == [("no.zst/no", "damaged")]


def test_nested_containers_of_any_kind() -> None:
    inner = zipped({"2.gpx": b"two", "3.gpx.gz": gzip.compress(b"three")})
    data = zipped({"1.fit": b"one", "more/inner.zip": inner, "packed.zip.gz": gzip.compress(inner)})
    assert found(data) == [
        ("in/1.fit", b"one"),
        ("in/more/inner.zip/2.gpx", b"two"),
        ("in/more/inner.zip/3.gpx.gz/3.gpx", b"three"),
        ("in/packed.zip.gz/packed.zip/2.gpx", b"two"),
        ("in/packed.zip.gz/packed.zip/3.gpx.gz/3.gpx", b"three"),
    ]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_compression_that_python_knows(method: int) -> None:
    assert found(zipped({"a": b"A" * 1000}, method)) == [("in/a", b"A" * 1000)]


def test_a_spreadsheet_is_no_container() -> None:
    data = zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"})
    assert found(data) == [("in", data)]


def test_what_systems_leave_behind_is_skipped() -> None:
    names = ["__MACOSX/._a", "x/._a.fit", ".DS_Store", "x/Thumbs.db", "x/", "x/a.fit"]
    assert found(zipped(dict.fromkeys(names, b"A"))) == [("in/x/a.fit", b"A")]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("/etc/passwd", "etc/passwd"), ("../../a", "a"), ("a/../../b", "a/b"), ("C:\\rides\\a.fit", "rides/a.fit"),
        ("c:/a", "a"), ("./a", "a"), ("..", "unnamed"), ("a\nb\x1b[2J", "a_b_[2J"),
        ("x" * 900, "x" * 400), (" ", "unnamed"),
    ],
)  # fmt: skip
def test_names_are_only_labels(name: str, label: str) -> None:
    assert found(zipped({name: b"A"})) == [(f"in/{label}", b"A")]


def test_twins_are_told_apart() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped([("a", b"1"), ("a", b"2")])
    assert found(data) == [("in/a", b"1"), ("in/a (2)", b"2")]


def test_links_are_not_followed() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
        made.writestr("b", "B")
    assert found(out.getvalue()) == [("in/link", "symbolic_link"), ("in/b", b"B")]


def test_encrypted_damaged_and_unknown_members_are_noted_and_the_rest_goes_on() -> None:
    data = bytearray(zipped({"a": b"A", "b": os.urandom(500), "c": b"C", "d": b"D"}))
    directory = [i for i in range(len(data)) if data[i : i + 4] == b"PK\x01\x02"]
    data[directory[0] + 8] |= 1
    data[struct.unpack_from("<I", data, directory[1] + 42)[0] + 60] ^= 0xFF
    struct.pack_into("<H", data, directory[2] + 10, 9)
    assert found(bytes(data)) == [
        ("in/a", "encrypted"), ("in/b", "damaged"), ("in/c", "unknown_compression"), ("in/d", b"D"),
    ]  # fmt: skip
    assert found(gzip.compress(os.urandom(999))[:-300]) == [("in/in", "damaged")]


def test_thousands_of_members() -> None:
    data = zipped([(f"{i}.fit", b"%d" % i) for i in range(5000)])
    assert found(data) == [(f"in/{i}.fit", b"%d" % i) for i in range(5000)]
    assert found(data, Limits(files=10)) == [("in", "too_many_files")]
    several = zipped([(f"{i}.gz", gzip.compress(zipped({"a": b"A", "b": b"B"}))) for i in range(9)])
    cut = found(several, Limits(files=10))
    assert [v for _, v in cut] == [b"A", b"B"] * 5 + ["too_many_files"]


def test_a_member_too_large_is_noted_whatever_it_claims() -> None:
    limits = Limits(member_bytes=1000)
    assert found(b"x" * 1001, limits) == [("in", "too_large")]
    assert found(gzip.compress(b"x" * 5_000_000), limits) == [("in/in", "too_large")]
    assert found(zipped({"a": b"x" * 5_000_000, "b": b"B" * 1000}), limits) == [
        ("in/a", "too_large"),
        ("in/b", b"B" * 1000),
    ]


def test_bombs_stop_at_their_ratio() -> None:
    limits = Limits(ratio=10)
    flat = zipped([(str(i), bytes(3_000_000)) for i in range(40)])
    last = found(flat, limits)[-1]
    assert last == ("in", "expands_too_much")
    assert sum(len(v) for _, v in found(flat, limits) if isinstance(v, bytes)) <= 16 << 20
    nested = zipped({"inner.zip": zipped([(str(i), flat) for i in range(20)])})
    assert found(nested, limits)[-1][1] == "expands_too_much"
    wide = gzip.compress(gzip.compress(bytes(40_000_000)))
    assert found(wide, limits)[-1][1] == "expands_too_much"


def test_an_inner_container_too_large_is_noted() -> None:
    inner = zipped({"a": os.urandom(9_000_000)}, zipfile.ZIP_STORED)
    assert found(zipped({"i.zip": inner, "b": b"B"}), Limits(container_bytes=1 << 20)) == [
        ("in/i.zip", "too_large"), ("in/b", b"B"),
    ]  # fmt: skip
    assert [len(v or b"") for _, v in found(zipped({"i.zip": inner}))] == [9_000_000]


def test_all_together_may_be_too_large() -> None:
    data = zipped({"a": b"x" * 600, "b": b"x" * 600})
    assert found(data, Limits(total_bytes=1000)) == [("in/a", b"x" * 600), ("in", "too_large_in_total")]


def test_a_container_in_a_container_without_end() -> None:
    data = b"core"
    for _ in range(30):
        data = zipped({"r.zip": data})
    assert [v for _, v in found(data)] == ["too_deep"]
    assert found(data, Limits(depth=31))[0][1] == b"core"


def test_overlapping_members_do_not_multiply() -> None:
    """Every directory entry points at one and the same data, as in bombs that need no nesting."""
    data = bytearray(zipped([(f"{i:02}", bytes(100_000)) for i in range(50)]))
    for at in (i for i in range(len(data)) if data[i : i + 4] == b"PK\x01\x02"):
        struct.pack_into("<I", data, at + 42, 0)
    assert sum(len(v) for _, v in found(bytes(data)) if isinstance(v, bytes)) <= 100_000


def test_truncated_anywhere() -> None:
    data = zipped({"a.fit": os.urandom(300), "b.gz": gzip.compress(b"B" * 99)})
    for length in range(len(data)):
        for member in members(data[:length], "in"):
            assert (member.data is None) == (member.note is not None)
    packed = gzip.compress(data)
    for length in range(2, len(packed)):
        list(members(packed[:length], "in"))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=4)), max_size=8))
def test_changed_anywhere(changes: list[tuple[float, bytes]]) -> None:
    data = zipped({"a.fit": b"A" * 300, "i.zip": zipped({"b": b"B" * 50}), "c.gz": gzip.compress(b"C" * 99)})
    for at, put in changes:
        i = int(at * len(data))
        data = data[:i] + put + data[i + len(put) :]
    for member in members(data, "in", Limits(total_bytes=1 << 20)):
        assert member.path.startswith("in")
        assert (member.data is None) == (member.note is not None)


tree = st.recursive(
    st.binary(max_size=60).filter(lambda b: not b.startswith((b"PK", b"\x1f\x8b", b"\x28\xb5\x2f\xfd"))),
    lambda inner: st.lists(inner, max_size=3) | inner.map(lambda x: (x,)),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None)
@given(tree)
def test_whatever_is_packed_comes_out(content: object) -> None:
    def pack(node: object) -> bytes:
        if isinstance(node, bytes):
            return node
        if isinstance(node, tuple):
            return gzip.compress(pack(node[0]))
        assert isinstance(node, list)
        return zipped([(str(i), pack(child)) for i, child in enumerate(node)])

    def leaves(node: object) -> list[bytes]:
        if isinstance(node, bytes):
            return [node]
        assert isinstance(node, tuple | list)
        return [leaf for child in node for leaf in leaves(child)]

    assert [v for _, v in found(pack(content), Limits(depth=99))] == leaves(content)


def halves(lines: Iterable[bytes], spool: Callable[[], IO[bytes]]) -> Iterator[tuple[str, bytes]]:
    """Split lines into those that begin with an `a` and all others."""
    with spool() as first, spool() as second:
        for line in lines:
            (first if line.startswith(b"a") else second).write(line)
        for name, file in (("a", first), ("b", second)):
            file.seek(0)
            yield name, file.read()


def split(head: bytes, path: str) -> Callable[..., Iterator[tuple[str, bytes]]] | None:
    """Split files whose first line is `split`."""
    return halves if head.startswith(b"split\n") else None


def in_portions(data: bytes, limits: Limits | None = None) -> list[tuple[str, bytes | str | None]]:
    return [(m.path, m.note if m.data is None else m.data) for m in members(data, "in", limits, split)]


@pytest.mark.parametrize("size", [10, 5000, 500_000])
def test_a_file_in_portions_may_be_larger_than_a_member(size: int) -> None:
    text = b"split\n" + b"a\n" * size + b"bbb\n" * size + b"the end"
    limits, parts = Limits(member_bytes=len(text) // 2), [b"a\n" * size, b"split\n" + b"bbb\n" * size + b"the end"]
    for data, path in ((zipped({"x.xml": text}), "in/x.xml"), (gzip.compress(text), "in/in"), (text, "in")):
        assert in_portions(data, limits) == [(f"{path}/a", parts[0]), (f"{path}/b", parts[1])]
    assert in_portions(zipped({"x.xml": text[1:]}), limits) == [("in/x.xml", "too_large")]


def test_a_line_without_end_comes_in_parts() -> None:
    text = b"split\n" + b"a" * (3 << 20)
    portions = [data for _, data in in_portions(zipped({"x": text})) if isinstance(data, bytes)]
    assert sorted(b"".join(portions)) == sorted(text)


def test_a_damaged_file_in_portions_is_noted() -> None:
    data = bytearray(gzip.compress(b"split\n" + b"a line\n" * 9000))
    data[len(data) // 2] ^= 0xFF
    assert ("in/in", "damaged") in in_portions(bytes(data))
