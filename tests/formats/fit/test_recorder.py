"""Which device wrote a file, sports without a word, dives, and legs whose counter goes on."""

from dataclasses import replace

import numpy as np
import pytest

from homestretch.analysis.activity.elevation import altitude_source
from homestretch.analysis.samples.samples import samples
from homestretch.formats import decode
from homestretch.formats.fit.channels import RECORD
from homestretch.formats.fit.encode import encode
from homestretch.formats.fit.summary import DIVE_SUMMARY, SESSION
from homestretch.formats.fit.timeline import FILE_ID
from homestretch.formats.fit.wire import profile
from homestretch.formats.fit.wire.writer import Writer
from homestretch.model.channel import Channel
from homestretch.model.recording import Device, Recording
from homestretch.model.sport import Sport
from tests.formats import golden


def written(maker: str, product: int | None = None, serial: int | None = None) -> Recording:
    """Return what is read of a file that names its device in nothing but its `file_id`."""
    number = profile.number_of("manufacturer", maker)
    key = f"4:{number}:{product}:{serial}:1000000000"
    [back] = decode(encode(replace(golden.run(60), devices=(), file_key=key)), "a.fit").recordings
    return back


@pytest.mark.parametrize("maker", ["suunto", "coros", "sigmasport", "tomtom", "osynce", "srm", "bryton"])
def test_a_file_without_devices_and_serial_number_names_its_recorder(maker: str) -> None:
    back = written(maker, 7)
    assert back.devices == (Device(role="recorder", manufacturer=maker, product="7"),)
    assert altitude_source(back.devices) == "baro"


def test_a_maker_without_a_number_is_no_recorder() -> None:
    assert written("development").devices == ()


@pytest.mark.parametrize(
    ("product", "source"),
    [("edge25", "gps"), ("edge_130", "baro"), ("edge500", "baro"), ("fr235_asia", "gps"), ("fr255", "baro"),
     ("fr965", "baro"), ("vivo_active", "gps"), ("vivo_active_hr", "baro"), ("fenix3", "baro"), ("edge200", "gps")],
)  # fmt: skip
def test_a_model_without_a_barometer_has_none(product: str, source: str) -> None:
    number = profile.number_of("garmin_product", product)
    assert altitude_source(written("garmin", number, 3_950_859_721).devices) == source


def test_a_sport_that_has_no_word_is_generic_and_keeps_its_name() -> None:
    odd = replace(golden.run(60), sport=Sport("52", "211"), name="Stopwatch")
    [back] = decode(encode(odd), "a.fit").recordings
    assert (back.sport, back.name) == (Sport("generic", None), "Stopwatch")


def test_every_sport_of_fit_is_one_or_generic() -> None:
    for number in range(255):
        [back] = decode(encode(replace(golden.run(4), sport=Sport(str(number)))), "a.fit").recordings
        assert not back.sport.key.isdecimal()
        assert back.sport.key != "all"


def test_a_triathlon_in_one_file_counts_each_leg_from_its_start() -> None:
    swim = golden.run(60)
    ride = golden.run(60, golden.START_MS + 120_000)
    on = ride.channels["distance_m"]
    on = Channel("distance_m", on.raw + np.int32(3 * 59 * on.scale), on.unit, on.scale)
    ride = replace(ride, session=1, sport=Sport("cycling"), channels={**ride.channels, "distance_m": on})
    found = decode(encode(swim, ride), "a.fit").recordings
    assert found[1].channels["distance_m"].values()[0] == 177
    counted = [samples(one).distance_m for one in found]
    assert [d[[0, -1]].tolist() for d in counted if d is not None] == [[0, 177], [0, 177]]


def test_what_the_counter_had_by_a_late_first_sample_counts() -> None:
    made = golden.run(60)
    on = made.channels["distance_m"]
    late = replace(made, channels={**made.channels, "distance_m": replace(on, raw=on.raw + np.int32(20 * on.scale))})
    counted = samples(late).distance_m
    assert counted is not None
    assert counted[0] == 20


def test_a_dive_is_read() -> None:
    writer = Writer()
    writer.message(FILE_ID, {0: ("enum", 4), 1: ("uint16", 1), 4: ("uint32", 1_000_000_000)})
    writer.message(RECORD, {253: ("uint32", 1_000_000_000)})
    writer.message(SESSION, {253: ("uint32", 1_000_000_600), 2: ("uint32", 1_000_000_000), 5: ("enum", 53),
                             7: ("uint32", 600_000), 8: ("uint32", 600_000)})  # fmt: skip
    for kind, most in ((SESSION, 31_500), (19, 99_000)):
        writer.message(DIVE_SUMMARY, {0: ("uint16", kind), 1: ("uint16", 0), 2: ("uint32", 18_250), 3: ("uint32", most),
                                      11: ("uint32", 540_000)})  # fmt: skip
    [dive] = decode(writer.file(), "a.fit").recordings
    assert (dive.sport.key, dive.totals["max_depth_m"], dive.totals["avg_depth_m"]) == ("diving", 31.5, 18.25)
    assert dive.totals["bottom_time_s"] == 540
