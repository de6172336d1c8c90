"""What a link hides can't be found out by it: what is shown is the same, byte for byte, whatever was recorded there."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.formats import gpx
from homestretch.formats.fit.encode import encode
from homestretch.model.channel import SEMICIRCLES_PER_DEGREE
from homestretch.model.documents.sharing import (
    SharedActivity,
    SharedFigures,
    SharedLap,
    SharedRoute,
    SharedSplit,
    SharedSummary,
)
from homestretch.model.recording import Device, Lap, Pause, Recording
from homestretch.model.sharing import (
    ASPECTS,
    CHANNELS,
    FIELDS,
    FIGURES,
    METRICS,
    PARTS,
    ROUTE_FIELDS,
    TAKES,
    Aspect,
    Subject,
    hidden_with,
)
from homestretch.views.sharing.range import shared_range
from homestretch.views.sharing.route import route_gpx, shared_route
from homestretch.views.sharing.shared import shared_activity
from tests.api.client import Client
from tests.formats import golden
from tests.house.web_source import web_files

COUNT = 900
K = np.arange(COUNT)
MONTH = Subject("range", "2026-04-15..2026-05-15")
START = golden.START_MS


@cache
def base() -> Recording:
    """Return a run over hills, with everything that is recorded, and laps that somebody pressed."""
    values = {
        "latitude": 60.17 + K * 2.7e-5, "longitude": 24.94 - K * 1e-5, "altitude_m": 60.0 + 40.0 * np.sin(K / 90.0),
        "heart_rate_bpm": 130.0 + K % 40, "power_w": 240.0 + K % 37, "cadence_rpm": 85.0 + K % 3,
        "speed_mps": 3.0 + (K % 10) / 100, "distance_m": 3.05 * K, "temperature_c": 10.0 + K % 4,
    }  # fmt: skip
    run = golden.run(COUNT)
    # Within a lap nothing else is stated: what is hidden must not come in by what is computed of the samples either.
    laps = (lap(0, 400), lap(400, COUNT))
    totals = {**run.totals, "avg_power_w": 258.0, "normalized_power_w": 260.0, "total_work_j": 230_000.0,
              "total_ascent_m": 90.0, "total_descent_m": 80.0}  # fmt: skip
    return replace(run, channels=golden.channels(values), laps=laps, totals=totals, events=())


def lap(begin: int, end: int, **totals: float) -> Lap:
    """Return a lap of these seconds."""
    seconds = float(end - begin)
    return Lap(
        start_ms=START + 1000 * begin, end_ms=START + 1000 * end, elapsed_s=seconds, timer_s=seconds,
        distance_m=3.05 * seconds, trigger="manual", totals=totals,
    )  # fmt: skip


def other(recording: Recording, totals: dict[str, float] | None = None, **values: np.ndarray) -> Recording:
    """Return a recording with other values in some channels, and other totals."""
    channels = {**recording.channels, **golden.channels(dict(values))}
    return replace(recording, channels=channels, totals={**recording.totals, **(totals or {})})


def slower(recording: Recording) -> Recording:
    """Return the same way at two thirds of the speed."""

    def later(at_ms: int) -> int:
        return START + round(1.5 * (at_ms - START))

    laps = tuple(
        replace(one, start_ms=later(one.start_ms), end_ms=later(one.end_ms), elapsed_s=1.5 * (one.elapsed_s or 0),
                timer_s=1.5 * (one.timer_s or 0))
        for one in recording.laps
    )  # fmt: skip
    times = {"total_elapsed_time_s": 1.5 * COUNT, "total_timer_time_s": 1.5 * (COUNT - 4), "avg_speed_mps": 2.0}
    made = other(recording, times, speed_mps=2.0 + (K % 10) / 100)
    pauses = tuple(Pause(later(one.start_ms), later(one.end_ms)) for one in recording.pauses)
    return replace(made, time_ms=START + 1500 * K, end_ms=later(recording.end_ms), laps=laps, pauses=pauses)


#: What is recorded otherwise, by the aspect that hides it.
OTHERWISE: dict[Aspect, Callable[[Recording], Recording]] = {
    "power": lambda one: other(one, {"avg_power_w": 200.0, "normalized_power_w": 300.0, "total_work_j": 99_000.0},
                               power_w=180.0 + K % 91),
    "heart_rate": lambda one: other(one, {"avg_heart_rate_bpm": 160.0, "max_heart_rate_bpm": 188.0},
                                    heart_rate_bpm=np.where(K % 200 == 7, np.nan, 150.0 + K % 31)),
    "cadence": lambda one: other(one, {"avg_cadence_rpm": 70.0}, cadence_rpm=70.0 + K % 5),
    "elevation": lambda one: other(one, {"total_ascent_m": 400.0, "total_descent_m": 300.0},
                                   altitude_m=200.0 + 30.0 * np.sin(K / 40.0)),
    "map": lambda one: other(one, {"total_ascent_m": 400.0}, latitude=-20.0 - K * 2e-5, longitude=60.0 + K * 2e-5,
                             altitude_m=200.0 + 30.0 * np.sin(K / 40.0)),
    "speed": slower,
    "laps": lambda one: replace(one, laps=(lap(0, 100), lap(100, 300), lap(300, COUNT))),
    "calories": lambda one: other(one, {"total_calories_kcal": 77.0}),
    "device": lambda one: replace(one, devices=(Device(role="recorder", manufacturer="garmin", product="fr255",
                                                       serial="42", software="1.0"),)),
    "start": lambda one: golden_at(one, 7_200_000),
    "places": lambda one: replace(one, name="Tampere Running"),
}  # fmt: skip
#: What a range shows of its activities.
IN_RANGES: set[Aspect] = {"start", "places", "map", "elevation", "speed"}
#: What the athlete says, which no recording has; see the second test.
SAID: set[Aspect] = {"gear", "notes"}


def golden_at(recording: Recording, later_ms: int) -> Recording:
    """Return a recording that much later on the same day."""
    laps = tuple(replace(one, start_ms=one.start_ms + later_ms, end_ms=one.end_ms + later_ms) for one in recording.laps)
    pauses = tuple(Pause(one.start_ms + later_ms, one.end_ms + later_ms) for one in recording.pauses)
    start = replace(recording.start, utc_ms=recording.start.utc_ms + later_ms)
    return replace(recording, start=start, end_ms=recording.end_ms + later_ms, time_ms=recording.time_ms + later_ms,
                   laps=laps, pauses=pauses)  # fmt: skip


class Shown:
    """What links show of the one activity of each athlete, by name."""

    def __init__(self, first: Client, decoders: Decoders) -> None:
        self.first, self.decoders = first, decoders
        self.ids: dict[str, tuple[int, str]] = {}

    def record(self, name: str, data: bytes, suffix: str = "fit") -> None:
        """Let an athlete of this name have an activity."""
        with self.first.other(name) as client:
            client.upload(self.decoders, **{f"run_{suffix}": data})
            (item,) = client.get("/api/activities").json()["items"]
            self.ids[name] = int(client.get("/api/session").json()["athletes"][0]["id"]), item["id"]

    def document(self, name: str, *hidden: Aspect) -> SharedActivity:
        with self.first.served.database.read() as reader:
            return shared_activity(reader, *self.ids[name], hidden)

    def month(self, name: str, *hidden: Aspect) -> str:
        """Return what a link to a range of days shows."""
        with self.first.served.database.read() as reader:
            return json.dumps(shared_range(reader, self.ids[name][0], MONTH, hidden))

    def text(self, name: str, *hidden: Aspect) -> str:
        return json.dumps(self.document(name, *hidden))


@pytest.fixture
def shown(solo: Client, decoders: Decoders) -> Shown:
    return Shown(solo, decoders)


def test_what_is_shown_does_not_depend_on_what_is_hidden(shown: Shown) -> None:
    named = replace(base(), name="Helsinki Running")
    shown.record("base", encode(named))
    assert OTHERWISE.keys() | SAID == set(ASPECTS)
    for aspect, otherwise in OTHERWISE.items():
        shown.record(aspect, encode(otherwise(named)))
        assert shown.text(aspect) != shown.text("base"), f"{aspect}: nothing differs where nothing is hidden"
        assert shown.text(aspect, aspect) == shown.text("base", aspect), aspect
        assert shown.month(aspect, aspect) == shown.month("base", aspect), aspect
        if aspect in IN_RANGES:
            assert shown.month(aspect) != shown.month("base"), aspect
    shown.record(
        "all", encode(golden_at(OTHERWISE["power"](OTHERWISE["heart_rate"](OTHERWISE["map"](named))), 3_600_000))
    )
    some: tuple[Aspect, ...] = ("start", "power", "heart_rate", "map")
    assert shown.text("all", *some) == shown.text("base", *some)
    assert shown.text("all", *some[:3]) != shown.text("base", *some[:3])


def test_a_route_does_not_depend_on_what_is_hidden(solo: Client) -> None:
    """Its name is one that was made up of a place; the same way lies elsewhere, or goes over other hills."""
    n = np.arange(300)
    ways = {
        "base": (0.0, 60.0 + 40.0 * np.sin(n / 30.0)),
        "map": (2.0**24 / SEMICIRCLES_PER_DEGREE, 90.0 + 10.0 * np.sin(n / 9.0)),
        "elevation": (0.0, 90.0 + 10.0 * np.sin(n / 9.0)),
    }
    found: dict[str, str] = {}
    for name, (east, heights) in ways.items():
        points = "".join(
            f'<rtept lat="{60.125 + k * 2.5e-4:.6f}" lon="{25.0 + east:.6f}"><ele>{heights[k]:.1f}</ele></rtept>'
            for k in range(len(n))
        )
        data = f'<gpx version="1.1"><rte><name>Helsinki Running</name>{points}</rte></gpx>'
        (item,) = solo.post("/api/coach/routes/file", params={"file": f"{name}.gpx"}, content=data).json()["items"]
        found[name] = item["id"]
    with solo.served.database.read() as reader:
        athlete = int(solo.get("/api/session").json()["athletes"][0]["id"])

        def document(name: str, *hidden: Aspect) -> SharedRoute:
            return shared_route(reader, athlete, found[name], hidden)

        for aspect in ("map", "elevation"):
            assert document(aspect) != document("base")
            assert document(aspect, aspect) == document("base", aspect), aspect
        assert route_gpx(reader, athlete, found["base"], ["elevation"]) == route_gpx(
            reader, athlete, found["elevation"], ["elevation"]
        )
        whole, bare = document("base"), document("base", "map")
    assert whole["profile"] and whole["profile"]["altitude_m"] and whole["sections"] and whole["gain_m"]
    assert (bare["name"], bare["profile"], bare["sections"], bare["gain_m"]) == (None, None, [], None)
    assert bare["length_m"] == whole["length_m"]


def test_what_no_link_shows_makes_no_difference(shown: Shown) -> None:
    """Temperature, what the device computed, and serial numbers."""
    shown.record("base", encode(base()))
    warmer = other(base(), {"normalized_power_w": 300.0, "total_training_effect": 4.0}, temperature_c=20.0 + K % 9)
    shown.record("warmer", encode(warmer))
    assert shown.text("warmer") == shown.text("base")


def test_a_map_is_hidden_where_its_places_are_the_only_distance(shown: Shown) -> None:
    """The metres between places are shown, and are the same elsewhere on earth."""
    far = 2.0**24 / SEMICIRCLES_PER_DEGREE  # where the clocks are the same
    latitude, longitude = 60.125 + K * 2.5e-5, np.full(COUNT, 25.0)

    def bare(east: float) -> Recording:
        made = other(base(), latitude=latitude, longitude=longitude + east)
        kept = {key: made.channels[key] for key in ("latitude", "longitude", "heart_rate_bpm")}
        return replace(made, channels=kept, totals={}, laps=())

    shown.record("here", gpx.encode(bare(0.0)), "gpx")
    shown.record("there", gpx.encode(bare(far)), "gpx")
    assert shown.text("here") != shown.text("there")
    assert shown.text("here", "map") == shown.text("there", "map")
    assert shown.document("here", "map")["distance_m"] == pytest.approx(25e-6 * 899 * 111_195, rel=0.02)


def test_hidden_is_absent(shown: Shown) -> None:
    """No number and no word of an aspect is anywhere in the answer; others stay as they are."""
    shown.record("base", encode(replace(base(), name="Helsinki Running")))
    whole = shown.document("base")
    assert whole["track"] and whole["streams"] and len(whole["laps"]) == 2 and whole["metrics"].keys() == {*METRICS}
    without = shown.document("base", "map", "heart_rate", "power")
    text = json.dumps(without)
    assert not re.search(
        "latitude|longitude|altitude|heart_rate|power|Helsinki",
        re.sub('"avg_[^"]+": null', "", re.sub('"max_[^"]+": null', "", text)),
    )
    assert without["distance_m"] == whole["distance_m"] and without["avg_cadence_rpm"] == whole["avg_cadence_rpm"]
    assert without["calories_kcal"] is None and without["ascent_m"] is None and without["metrics"] == {}
    timeless = shown.document("base", "speed")
    assert timeless["streams"] is None and not timeless["laps"] and not timeless["splits"]
    assert timeless["elapsed_s"] is None and "work" not in timeless["metrics"]
    assert timeless["distance_m"] == whole["distance_m"] and timeless["track"] == whole["track"]
    nothing = shown.document("base", *ASPECTS)
    filled = {key for key, value in nothing.items() if value not in (None, [], {})}
    assert filled == {"kind", "sport", "sub_sport", "day", "distance_m", "indoor"}


def test_the_web_app_knows_what_goes_with_what_is_hidden() -> None:
    """What it offers to show is what the server shows."""
    said = web_files()["features/sharing/aspects.ts"].partition("const TAKEN_BY")[2].partition("};")[0]
    lines = {name: set(re.findall(r'"(\w+)"', takers)) for name, takers in re.findall(r"(\w+): \[(.*?)\]", said)}
    assert lines == {
        one: {by for by, taken in TAKES.items() if one in taken} for taken in TAKES.values() for one in taken
    }


def test_every_field_has_an_entry() -> None:
    """A new field, figure, channel or aspect is not shared before somebody has decided of which aspect it is."""
    assert SharedFigures.__annotations__.keys() == FIGURES.keys()
    assert SharedActivity.__annotations__.keys() == FIGURES.keys() | FIELDS.keys()
    assert SharedLap.__annotations__.keys() <= FIGURES.keys() | PARTS.keys()
    assert SharedSplit.__annotations__.keys() <= FIGURES.keys() | PARTS.keys()
    assert SharedRoute.__annotations__.keys() == ROUTE_FIELDS.keys()
    assert SharedSummary.__annotations__.keys() <= FIGURES.keys() | FIELDS.keys()
    named = {one for table in (CHANNELS, FIGURES, METRICS, FIELDS, PARTS) for some in table.values() for one in some}
    assert named | {"places"} == set(ASPECTS), "an aspect hides something; places are in names alone"
    assert hidden_with(["map"]) == {"map", "places", "elevation"} and hidden_with([]) == frozenset()
    assert all(other in ASPECTS for taken in TAKES.values() for other in taken)
