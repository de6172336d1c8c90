"""Planned routes in files: what is a route, and what others read of those that are written."""

import io

import fitdecode
import numpy as np
import pytest

from homestretch import formats
from homestretch.model.coach.route_line import RouteFile, RouteLine
from tests.formats.golden_xml import GOLDEN

_HEAD = '<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1" creator="Somebody">'


def gpx(inner: str) -> bytes:
    return f"{_HEAD}{inner}</gpx>".encode()


def points(element: str, *places: tuple[float, float], inner: str = "") -> str:
    return "".join(f'<{element} lat="{lat}" lon="{lon}">{inner}</{element}>' for lat, lon in places)


def line(count: int = 200) -> RouteLine:
    at = np.arange(count, dtype=np.float64)
    return RouteLine("Kaiserstuhl & back", 48.0 + at * 0.001, np.full(count, 7.7), 200.0 + at, "ride")


def route_file() -> RouteFile:
    one = line()
    distance = np.arange(200, dtype=np.float64) * 111.19493
    return RouteFile(one, distance, distance / 5.0, ((0.0, "1 flat"), (8000.0, "2 climb")), 1_780_000_000_000)


def test_each_route_of_a_file_is_one() -> None:
    two = "".join(f"<rte><name>{n}</name>{points('rtept', (48.0, 8.0), (48.1, 8.0 + n))}</rte>" for n in (1, 2))
    found = formats.routes(gpx(two))
    assert [(one.name, one.certainty, one.sport) for one in found] == [("1", "route", None), ("2", "route", None)]
    assert np.isnan(found[0].altitude_m).all()


def test_a_track_without_times_is_in_question_and_the_route_beside_it_is_the_same() -> None:
    segment = f"<trkseg>{points('trkpt', (48.0, 8.0), (48.05, 8.02), inner='<ele>210</ele>')}</trkseg>"
    rest = f"<trkseg>{points('trkpt', (48.06, 8.03), (48.1, 8.1), inner='<ele>230</ele>')}</trkseg>"
    route = f"<rte>{points('rtept', (48.0, 8.0), (48.1, 8.1))}</rte>"
    data = gpx(f"{route}<trk><name>Loop</name><type>hiking</type>{segment}{rest}</trk>")
    (only,) = formats.routes(data)
    assert (only.name, only.certainty, only.sport, len(only.latitude)) == ("Loop", "question", "hike", 4)
    assert only.altitude_m.tolist() == [210.0, 210.0, 230.0, 230.0]
    assert formats.decode(data).kind == "course"


@pytest.mark.parametrize(
    "inner",
    [
        "",
        "<rte></rte>",
        f"<rte>{points('rtept', (48.0, 8.0))}</rte>",
        f"<rte>{points('rtept', (48.0, 8.0), (48.0, 8.0))}</rte>",
        f"<rte>{points('rtept', (148.0, 8.0), (149.0, 8.0))}</rte>",
        '<trk><trkseg><trkpt lat="48" lon="8"><time>2026-05-01T08:00:00Z</time></trkpt>'
        '<trkpt lat="48.1" lon="8"><time>2026-05-01T08:10:00Z</time></trkpt></trkseg></trk>',
    ],
    ids=["nothing", "empty", "a point", "one place", "no place", "an activity"],
)
def test_what_is_no_route(inner: str) -> None:
    assert formats.routes(gpx(inner)) == []


def test_broken_files_have_the_routes_that_can_be_read() -> None:
    whole = gpx(f"<rte><name>A</name>{points('rtept', (48.0, 8.0), (48.1, 8.0), (48.2, 8.0))}</rte>")
    for end in range(0, len(whole), 5):
        for one in formats.routes(whole[:end], "a.gpx"):
            assert len(one.latitude) >= 2
    assert formats.routes(GOLDEN["ride.tcx"], "a.tcx") == [] and formats.routes(b"a,b\n1,2\n", "a.csv") == []


@pytest.mark.parametrize("key", ["gpx", "tcx", "fit"])
def test_what_is_written_is_read_back(key: str) -> None:
    form = formats.route_formats()[key]
    data = form.encode(route_file())
    assert data == form.encode(route_file())
    (found,) = formats.routes(data, f"a.{form.suffix}")
    assert found.name == "Kaiserstuhl & back"[: 15 if key == "tcx" else None] and found.certainty == "route"
    assert found.sport == (None if key == "tcx" else "ride")
    assert found.latitude == pytest.approx(line().latitude, abs=1e-6)
    assert found.altitude_m == pytest.approx(line().altitude_m, abs=0.2)
    assert formats.decode(data, f"a.{form.suffix}").kind == "course"


def test_a_course_without_heights_is_written() -> None:
    flat = route_file()
    for form in formats.route_formats().values():
        bare = RouteLine("Flat", flat.line.latitude, flat.line.longitude, np.full(200, np.nan))
        (found,) = formats.routes(form.encode(RouteFile(bare, flat.distance_m, flat.seconds)))
        assert np.isnan(found.altitude_m).all()


def test_others_read_the_fit_course() -> None:
    data = formats.route_formats()["fit"].encode(route_file())
    with fitdecode.FitReader(io.BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE) as reader:
        frames = [frame for frame in reader if isinstance(frame, fitdecode.FitDataMessage)]
    kinds = [frame.name for frame in frames]
    assert kinds[:3] == ["file_id", "course", "lap"] and kinds.count("record") == 200
    named = {frame.name: frame for frame in frames}
    assert named["file_id"].get_value("type") == "course"
    assert named["course"].get_value("name") == "Kaiserstuhl & back"
    assert named["course"].get_value("sport") == "cycling"
    marks = [(one.get_value("name"), one.get_value("distance")) for one in frames if one.name == "course_point"]
    assert marks == [("1 flat", 0.0), ("2 climb", 8000.0)]
    last = frames[-2]
    assert last.get_value("distance") == pytest.approx(199 * 111.19493, abs=0.01)
    assert last.get_value("altitude") == pytest.approx(399.0, abs=0.2)
    assert named["lap"].get_value("total_elapsed_time") == pytest.approx(199 * 111.19493 / 5.0, abs=0.001)
