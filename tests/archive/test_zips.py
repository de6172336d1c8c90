"""Directories of zips: none is read that has no bounds, wherever it says that it lies."""

import ast
import io
import struct
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch import zips
from tests.archive.test_members import zipped
from tests.bombs import bounded, ending, entry, many, packed
from tests.house.source import modules

MEMBERS = """
import sys
from pathlib import Path
from homestretch.archive.members import members
for one in members(Path(sys.argv[1]), "in"):
    print(one.note or len(one.data))
"""


@pytest.mark.parametrize("entries", [400_000, 2_000_000])
def test_a_directory_without_bounds_is_never_held(entries: int, tmp_path: Path) -> None:
    """Found in an attack: 55 kB and 270 kB of gzip, 200 and 1000 MB of memory for entries that are all the same one."""
    (tmp_path / "bomb.gz").write_bytes(packed(many(entries)))
    assert bounded(MEMBERS, str(tmp_path / "bomb.gz")) == "too_many_files\n"


def test_as_many_as_may_be() -> None:
    data = zipped([(f"{number}.fit", b"%d" % number) for number in range(100)])
    with zips.opened(io.BytesIO(data), 100) as archive:
        assert archive.read("99.fit") == b"99"
    with pytest.raises(zips.TooManyEntries):
        zips.opened(io.BytesIO(data), 99)


def test_large_members_are_read_once_it_is_open() -> None:
    data = zipped({"a": bytes(zips.MOST_BYTES + 1)}, zipfile.ZIP_STORED)
    with zips.opened(io.BytesIO(data)) as archive:
        assert len(archive.read("a")) == zips.MOST_BYTES + 1


def directory(count: int) -> bytes:
    return b"".join(entry(b"%d" % number, 0, 0) for number in range(count))


PART = st.one_of(
    st.integers(0, 9).map(directory),
    st.tuples(st.integers(0, 9), st.integers(0, 900), st.integers(0, 900)).map(lambda of: b"".join(ending(*of))),
    st.tuples(st.integers(0, 900), st.integers(0, 900), st.sampled_from([0, 1, 5])).map(
        lambda of: struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 3, 3, *of)
    ),
    st.binary(max_size=30),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PART, max_size=6), st.integers(0, 6))
def test_whatever_a_zip_says_of_itself(parts: list[bytes], most: int) -> None:
    """There may be several directories and several ends that name them; the one that is read counts."""
    refused = suppress(zipfile.BadZipFile, OSError, ValueError, NotImplementedError)
    with refused, zips.opened(io.BytesIO(b"".join(parts)), most) as archive:
        assert len(archive.infolist()) <= most


def test_such_directories_can_be_read_at_all() -> None:
    """What the test above makes of its parts is a zip at times."""
    data = directory(5)
    whole = b"x" * 9 + data + b"".join(ending(5, len(data), 9))
    with zips.opened(io.BytesIO(whole), 5) as archive:
        assert len(archive.infolist()) == 5
    with pytest.raises(zips.TooManyEntries):
        zips.opened(io.BytesIO(whole), 4)


def test_nobody_reads_a_zip_otherwise() -> None:
    reading = set()
    for name, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "ZipFile":
                reading |= set() if "'w'" in ast.dump(node) else {name}
    assert reading == {"zips.py"}
