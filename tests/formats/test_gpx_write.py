"""GPX with several tracks: the legs of a multisport."""

from dataclasses import replace

import numpy as np

from homestretch.formats import gpx
from homestretch.model.moment import Moment
from homestretch.model.recording import Recording
from homestretch.model.sport import Sport
from tests.formats import golden


def legs() -> tuple[Recording, Recording]:
    run = replace(golden.run(60), name="Duathlon")
    ride = replace(golden.run(50, golden.START_MS + 90_000), session=1, sport=Sport("cycling"), name=None, pauses=())
    return run, ride


def test_each_leg_is_a_track_of_its_own() -> None:
    written = gpx.encode(*legs())
    assert written.count(b"<trk>") == 2
    assert written.count(b"<metadata>") == 1
    decoded = gpx.decode(written)
    assert decoded.notes == ()
    for leg, back in zip(legs(), decoded.recordings, strict=True):
        np.testing.assert_array_equal(back.time_ms, leg.time_ms)
        assert (back.sport.key, back.name, back.part) == (leg.sport.key, leg.name or back.name, 0)


def test_the_file_begins_when_its_first_leg_does() -> None:
    run, ride = legs()
    written = gpx.encode(replace(ride, start=Moment(ride.start.utc_ms)), run)
    assert b"<metadata><time>2026-05-03T06:00:00Z</time></metadata>" in written
