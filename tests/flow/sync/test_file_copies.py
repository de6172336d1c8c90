"""Copies of activity files are whole or not there, and called after what they are copies of."""

import os
from pathlib import Path

import pytest

from homestretch.flow.sync.file_copies import CannotCopy, copy_file
from homestretch.settings import Settings
from homestretch.sources.base import Answer

ELSEWHERE = Settings(data_dir=Path("/nowhere/data"))
FILE = Answer("9_ACTIVITY.fit", "fit", b"bytes", file=True)


@pytest.mark.parametrize(
    ("start", "number", "name"),
    [
        ("2026-01-08 08:10:21", 1, "activity_9_20260108T081021.fit"),
        ("2026-01-08T08:10:21.0", 1, "activity_9_20260108T081021.fit"),
        ("2026-01-08 08:10:21", 2, "activity_9_20260108T081021_2.fit"),
        (None, 1, "activity_9.fit"),
    ],
)
def test_names(tmp_path: Path, start: str | None, number: int, name: str) -> None:
    place = copy_file(ELSEWHERE, str(tmp_path / "new" / "folder"), "9", {"start": start}, FILE, number)
    assert (place.name, place.read_bytes()) == (name, b"bytes")
    assert [one.name for one in place.parent.iterdir()] == [name]


def test_a_copy_is_written_over(tmp_path: Path) -> None:
    for data in (b"one", b"another"):
        place = copy_file(ELSEWHERE, str(tmp_path), "9", {}, Answer("x", "tcx", data, file=True))
    assert place.read_bytes() == b"another" and place.suffix == ".tcx"


def test_what_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy_file(ELSEWHERE, str(tmp_path), "9", {}, FILE)

    def full(self: Path, _: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(CannotCopy, match="No space left") as refused:
        copy_file(ELSEWHERE, str(tmp_path), "9", {}, Answer("x", "fit", b"new", file=True))
    assert str(tmp_path) in str(refused.value)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("activity_9.fit", b"bytes")]


def test_a_copy_is_as_readable_as_its_folder(tmp_path: Path) -> None:
    """What the server makes is its own alone; these it makes for others."""
    for mode, readable in ((0o755, 0o644), (0o2770, 0o660), (0o700, 0o600)):
        tmp_path.chmod(mode)
        assert copy_file(ELSEWHERE, str(tmp_path), "9", {}, FILE).stat().st_mode & 0o777 == readable


def test_no_copy_goes_by_way_of_a_link(tmp_path: Path) -> None:
    """Whoever may write into the folder of copies must not write with the server's rights, nor into its own data."""
    home = Settings(data_dir=tmp_path / "data")
    (tmp_path / "data").mkdir()
    (tmp_path / "copies").symlink_to(tmp_path / "data")
    for folder in (tmp_path / "copies", tmp_path / "copies" / "new"):
        with pytest.raises(CannotCopy, match="data folder"):
            copy_file(home, str(folder), "9", {}, FILE)
    assert list((tmp_path / "data").iterdir()) == []
    (tmp_path / "own").mkdir()
    (tmp_path / "victim").write_bytes(b"mine")
    part = tmp_path / "own" / f".activity_9.fit.{os.getpid()}"
    part.symlink_to(tmp_path / "victim")
    copy_file(home, str(tmp_path / "own"), "9", {}, FILE)
    assert (tmp_path / "victim").read_bytes() == b"mine" and not part.is_symlink()
