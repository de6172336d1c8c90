"""Copies of activity files are whole or not there, and called after what they are copies of."""

from pathlib import Path

import pytest

from homestretch.flow.copies import CannotCopy, copy_file
from homestretch.sources import Answer

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
    place = copy_file(str(tmp_path / "new" / "folder"), "9", {"start": start}, FILE, number)
    assert (place.name, place.read_bytes()) == (name, b"bytes")
    assert [one.name for one in place.parent.iterdir()] == [name]


def test_a_copy_is_written_over(tmp_path: Path) -> None:
    for data in (b"one", b"another"):
        place = copy_file(str(tmp_path), "9", {}, Answer("x", "tcx", data, file=True))
    assert place.read_bytes() == b"another" and place.suffix == ".tcx"


def test_what_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy_file(str(tmp_path), "9", {}, FILE)

    def full(self: Path, _: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(CannotCopy, match="No space left") as refused:
        copy_file(str(tmp_path), "9", {}, Answer("x", "fit", b"new", file=True))
    assert str(tmp_path) in str(refused.value)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("activity_9.fit", b"bytes")]
