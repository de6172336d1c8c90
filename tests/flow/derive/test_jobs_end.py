"""Every job that derives comes to an end: what it asks for as due is what it does, and nothing stays due for ever."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from homestretch.app import all_jobs
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.edit.edits import change
from homestretch.flow.edit.thresholds import state
from homestretch.flow.runtime.context import Context
from homestretch.formats import gpx
from homestretch.formats.fit.encode import encode
from homestretch.jobs.job import Arguments
from homestretch.model.sport import Sport
from homestretch.store.scope import Scope
from tests.flow.courses import ROAD, along, rebuilt, settled
from tests.formats import golden
from tests.taking import listed, row_id, take_in

DERIVE = ("ingest", "rederive", "payloads", "measure", "segments", "routes", "heat")


def due(context: Context) -> dict[str, list[Arguments]]:
    """Return what each job would do."""
    jobs = all_jobs()
    found = {key: list(jobs[key].due(context)) for key in DERIVE}
    return {key: arguments for key, arguments in found.items() if arguments}


def packed(*names: str) -> bytes:
    """Return a zip of files by these names."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, b"nothing")
    return held.getvalue()


def whole_of_legs() -> bytes:
    """Return what another device recorded of a whole triathlon, without places."""
    made = golden.run(110)
    held = {key: one for key, one in made.channels.items() if key == "heart_rate_bpm"}
    return encode(replace(made, sport=Sport("multisport"), channels=held, totals={}, laps=(), file_key="whole"))


EQUAL = {f"equal{n}.fit": encode(replace(along(ROAD, 0, 500.0 * n), file_key=str(n))) for n in range(3)}


@pytest.mark.parametrize("files", [
    EQUAL, {"same.fit": EQUAL["equal0.fit"], "same.gpx": gpx.encode(along(ROAD, 0))},
    {"none.zip": packed(), "junk.zip": packed("__MACOSX/x", "a/.DS_Store"), "cut.fit": EQUAL["equal0.fit"][:200]},
    {"swim.fit": encode(golden.pool_swim()), "lifting.fit": encode(golden.strength())},
    {"whole.fit": whole_of_legs(), "tri.fit": encode(*golden.multisport())},
    {"tri.fit": encode(*golden.multisport()), "whole.fit": whole_of_legs()},
], ids=["equal starts", "equal tracks", "nothing inside", "no places", "whole, legs", "legs, whole"])  # fmt: skip
def test_nothing_stays_due(files: dict[str, bytes], sqlite_context: Context, scope: Scope, decoders: Decoders) -> None:
    for name, data in files.items():
        assert take_in(sqlite_context, scope, decoders, {name: data})[name]["status"] != "waiting"
        settled(sqlite_context, scope, decoders)
        assert due(sqlite_context) == {}
    for activity in listed(sqlite_context, scope):
        change(sqlite_context, scope, row_id(sqlite_context, scope, activity["id"]), {"sport": "transition"})
    state(sqlite_context, scope, "max_hr_bpm", 190, date(2026, 1, 1))
    found = settled(sqlite_context, scope, decoders)
    assert due(sqlite_context) == {}
    assert rebuilt(sqlite_context, scope, decoders) == found
