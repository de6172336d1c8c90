"""Garmin's export of an account, from the zip to activities: zips in a zip, each file once, names from its list."""

import hashlib
from dataclasses import replace

from homestretch.flow.decoders import Decoders
from homestretch.flow.world import World
from homestretch.formats.fit.encode import encode
from homestretch.store.scope import Scope
from tests.archive.test_members import zipped
from tests.formats import golden
from tests.formats.test_garmin_export import export, item
from tests.taking import listed, take_in

UPLOADED = "DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip"


def account() -> bytes:
    """Return an account: a run, a swim twice, a day's file, a text, lists, and a walk without a file."""
    swim = encode(golden.pool_swim())
    files = {
        "a@b.c_111.fit": encode(replace(golden.run(120), name=None)), "a@b.c_222.fit": swim,
        "a@b.c_333.fit": golden.monitoring(), "a@b.c_444.txt": b"no file of ours",
    }  # fmt: skip
    walk = item(55, name="By hand", activityType="walking", startTimeGmt=golden.START_MS - 9e8, startTimeLocal=None,
                beginTimestamp=None)  # fmt: skip
    return zipped({
        UPLOADED: zipped(files),
        "DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part2.zip": zipped({"a@b.c_999.fit": swim}),
        "DI_CONNECT/DI-Connect-Fitness/a@b.c_0_summarizedActivities.json": export(item(), walk),
        "DI_CONNECT/DI-Connect-Wellness/2026-05-01_2026-05-09_1_sleepData.json": b'[{"calendarDate":"2026-05-03"}]',
        "IT_GENERAL/readme.pdf": b"%PDF-1.4",
    })  # fmt: skip


def test_an_account_comes_whole(world: World, scope: Scope, decoders: Decoders) -> None:
    items = take_in(world, scope, decoders, {"export.zip": account()})
    states = {path.removeprefix("export.zip/DI_CONNECT/"): one["status"] for path, one in items.items()}
    inner = UPLOADED.removeprefix("DI_CONNECT/")
    assert states[f"{inner}/a@b.c_111.fit"] == states[f"{inner}/a@b.c_222.fit"] == "imported"
    assert states["DI-Connect-Uploaded-Files/UploadedFiles_0-_Part2.zip/a@b.c_999.fit"] == "duplicate"
    assert states[f"{inner}/a@b.c_333.fit"] == states[f"{inner}/a@b.c_444.txt"] == "skipped"
    assert states["DI-Connect-Fitness/a@b.c_0_summarizedActivities.json"] == "imported"
    day = golden.monitoring()
    assert world.archive.read(hashlib.sha256(day).hexdigest()) == day, "no activity, and kept all the same"
    activities = listed(world, scope)
    assert len(activities) == 3, "the run and its line in the list are one"
    assert {one["name"] for one in activities} >= {"Round the lake", "By hand"}


def test_again_is_nothing_new(world: World, scope: Scope, decoders: Decoders) -> None:
    take_in(world, scope, decoders, {"export.zip": account()})
    before = listed(world, scope)
    items = take_in(world, scope, decoders, {"again.zip": account()})
    assert {one["status"] for one in items.values()} == {"duplicate"} and listed(world, scope) == before
