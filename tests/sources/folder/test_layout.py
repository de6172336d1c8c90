"""What is taken from a folder, by names and places."""

import pytest

from homestretch.sources.folder.layout import form_of, kind_of


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("2026-01-08-08-10-21.fit", "fit"), ("M8A12345.FIT", "fit"), ("run.GPX", "gpx"), ("a.tcx.gz", "tcx.gz"),
        ("a.fit.GZ", "fit.gz"), ("all.ZIP", "zip"), ("inProgressActivity.fit", None), (".run.fit", None),
        ("._run.fit", None), ("notes.txt", None), ("fit", None), ("backup.gz", None), ("run.fit.part", None),
        ("GarminDevice.xml", None),
    ],
)  # fmt: skip
def test_form(name: str, form: str | None) -> None:
    assert form_of(name) == form


@pytest.mark.parametrize(
    ("folders", "kind"),
    [
        ((), "activity"), (("srv", "rides", "2026"), "activity"),
        (("GARMIN", "Activity"), "activity"), (("Garmin", "ACTIVITY", "old"), "activity"),
        (("media", "Internal Storage", "GARMIN", "Activity"), "activity"),
        (("GARMIN", "Monitor"), "wellness"), (("GARMIN", "Sleep"), "wellness"), (("GARMIN", "Metrics"), "wellness"),
        (("GARMIN", "HRVStatus"), "wellness"), (("GARMIN", "SkinTemp"), "wellness"),
        (("media", "GARMIN", "Garmin", "Monitor"), "wellness"),
        (("GARMIN", "Settings"), None), (("GARMIN", "NewFiles"), None), (("GARMIN", "Courses"), None),
        (("backup", "garmin", "2024"), "activity"), (("Monitor",), "activity"), (("GARMIN",), "activity"),
    ],
)  # fmt: skip
def test_kind(folders: tuple[str, ...], kind: str | None) -> None:
    assert kind_of(folders) == kind
