"""The picture of a shared activity: what it says, and that all of it is inside and nothing else is."""

import io
from typing import Any, cast

import numpy as np
import pytest
from PIL import Image, ImageChops

from homestretch.analysis.geometry import polyline
from homestretch.model.channel import Floats
from homestretch.model.documents.sharing import SharedActivity
from homestretch.model.sharing import FIELDS, FIGURES
from homestretch.views.sharing.drawing import GROUND
from homestretch.views.sharing.picture import picture
from homestretch.views.sharing.sheet import CORNERS, SIZES, Shape, Sheet, Value, sheet_of


def shared(**values: object) -> SharedActivity:
    """Return what a link shows: a ride of which all but these values is hidden."""
    nothing: dict[str, Any] = dict.fromkeys((*FIGURES, *FIELDS))
    bare = {"sport": "cycling", "sub_sport": "road", "day": "2026-05-03", "indoor": False, "metrics": {}}
    return cast("SharedActivity", {**nothing, "tags": [], "laps": [], "splits": [], **bare, **values})


def streams(**channels: tuple[str, list[float | None]]) -> dict[str, Any]:
    """Return samples, one each second, 5 m apart."""
    count = len(next(iter(channels.values()))[1])
    return {
        "time_s": [float(k) for k in range(count)],
        "distance_m": [5.0 * k for k in range(count)],
        "moving": [1] * count,
        "channels": {key: {"unit": unit, "values": values} for key, (unit, values) in channels.items()},
        "complete": True,
    }


@pytest.mark.parametrize(
    ("sport", "metric", "imperial"),
    [
        ("cycling", ["42.20 km", "1:30:00", "28.1 km/h", "↑ 1,200 m"],
         ["26.22 mi", "1:30:00", "17.5 mph", "↑ 3,937 ft"]),
        ("running", ["42.20 km", "1:30:00", "2:08 /km", "↑ 1,200 m"],
         ["26.22 mi", "1:30:00", "3:26 /mi", "↑ 3,937 ft"]),
        ("swimming", ["42,200 m", "1:30:00", "0:13 /100 m", "↑ 1,200 m"],
         ["46,150 yd", "1:30:00", "0:12 /100 yd", "↑ 3,937 ft"]),
        ("rowing", ["42.20 km", "1:30:00", "1:04 /500 m", "↑ 1,200 m"],
         ["26.22 mi", "1:30:00", "1:04 /500 m", "↑ 3,937 ft"]),
    ],
)  # fmt: skip
def test_numbers_have_the_units_of_sport_and_reader(sport: str, metric: list[str], imperial: list[str]) -> None:
    found = shared(sport=sport, distance_m=42_200.0, moving_s=5400.0, avg_speed_mps=7.8148, ascent_m=1200.0)

    def said(sheet: Sheet) -> list[str]:
        return [f"{one.number} {one.unit}".strip() for one in sheet.values]

    assert (said(sheet_of(found, "metric")), said(sheet_of(found, "imperial"))) == (metric, imperial)


def test_what_is_hidden_is_in_no_number_and_no_line() -> None:
    assert sheet_of(shared(), "metric") == Sheet("Road", "2026-05-03", "ride", (), (), None)
    named = sheet_of(shared(name="Lunch", avg_hr_bpm=140.4, metrics={"weighted_power": 201.0}), "metric")
    assert (named.title, named.line) == ("Lunch", "Road · 2026-05-03")
    assert named.values == (Value("201", "W"), Value("140", "bpm"))


def test_a_way_that_is_cut_is_drawn_in_parts() -> None:
    north = [60.0 + k * 1e-4 if k not in range(40, 50) else None for k in range(100)]
    east: list[float | None] = [None if one is None else 25.0 for one in north]
    found = shared(streams=streams(latitude=("deg", north), longitude=("deg", east)), track="ignored")
    first, second = sheet_of(found, "metric").ways
    assert (len(first), len(second)) == (40, 50)
    assert first[-1][1] - first[0][1] == pytest.approx(39 * 11.12, rel=0.01) and {x for x, _ in first} == {0.0}
    assert second[0][1] > first[-1][1]


def test_long_ways_are_thinned_and_keep_their_ends() -> None:
    latitudes = [60.0 + k * 1e-4 for k in range(5000)]
    line = polyline.encode(*(_floats(latitudes), _floats([25.0] * 5000)))
    (way,) = sheet_of(shared(track=line), "metric").ways
    assert len(way) <= CORNERS + 1 and way[-1][1] - way[0][1] == pytest.approx(4999 * 11.12, rel=0.01)


@pytest.mark.parametrize("shape", SIZES)
def test_everything_is_inside(shape: Shape) -> None:
    """Nothing comes near an edge, however long it is; and what is said makes a difference."""
    way = tuple((float(k % 300), float(k)) for k in range(600))
    values = tuple(Value(f"{10**k:,}", "/100 yd") for k in range(3, 9))
    title, line = "Donaudampfschifffahrtsgesellschaft " * 4, "Cross country skiing · 2026-05-03"
    long = Sheet(title, line, "x", values, (way,), way)
    image = drawn(long, shape)
    assert image.size == SIZES[shape]
    ground = Image.new("RGB", image.size, GROUND)
    left, top, right, bottom = bounds(image, ground)
    width, height = image.size
    assert left >= 24 and top >= 24 and right <= width - 24 and bottom <= height - 24, (left, top, right, bottom)
    for less in (
        Sheet(long.title, long.line, "x", values, (), way),
        Sheet(long.title, long.line, "x", values, (way,), None),
        Sheet(long.title, long.line, "x", values[:2], (way,), way),
        Sheet("Short", long.line, "x", values, (way,), way),
    ):
        assert drawn(less, shape).tobytes() != image.tobytes()


def test_letters_that_the_font_does_not_have_are_left_out() -> None:
    def said(title: str) -> bytes:
        return drawn(Sheet(title, "Running · 2026-05-03", "run", (), (), None), "wide").tobytes()

    assert said("Łódź 🚴 Ωμέγα Ёлка") == said("Łódź Ωμέγα Ёлка") != said("dź Ωμέγα Ёлка")
    assert said("日本") == said("Running · 2026-05-03")


def test_a_place_where_nobody_moved_is_drawn() -> None:
    still = ((0.0, 0.0), (0.0, 0.0))
    drawn(Sheet("x", "y", "ride", (), (still,), ((0.0, 5.0), (0.0, 5.0))), "wide")


def drawn(sheet: Sheet, shape: Shape) -> Image.Image:
    """Return the picture as it is read."""
    return Image.open(io.BytesIO(picture(sheet, shape))).convert("RGB")


def bounds(image: Image.Image, ground: Image.Image) -> tuple[int, int, int, int]:
    """Return the box in which an image differs from its ground."""
    box = ImageChops.difference(image, ground).getbbox()
    assert box is not None
    return box


def _floats(values: list[float]) -> Floats:
    return np.array(values)
