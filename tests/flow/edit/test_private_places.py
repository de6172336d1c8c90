"""Private places: kept, changed, removed, brought back; what the veil hides, against looking at every point."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.analysis.activity.summary import summarise
from homestretch.analysis.geo.privacy import START_M, Circle, _away, start_m, widened
from homestretch.analysis.geometry import polyline
from homestretch.analysis.geometry.distance import haversine
from homestretch.analysis.geometry.tiles import bounds, tile
from homestretch.analysis.samples.samples import samples
from homestretch.errors import BadRequest, Forbidden, NotFound
from homestretch.flow.edit import private_places
from homestretch.flow.runtime.context import Context
from homestretch.model.recording import Recording
from homestretch.model.sport import Sport
from homestretch.store.scope import Scope
from homestretch.views.kit.privacy import PrivacyMask, Private, privacy_mask, zone_list
from tests.formats import golden


def zones(context: Context, scope: Scope) -> list[tuple[str, float]]:
    """Return the names and radii of an athlete's private places."""
    with context.database.read() as reader:
        return [(zone["name"], zone["radius_m"]) for zone in zone_list(reader, scope)]


def test_a_place_is_kept_changed_removed_and_brought_back(context: Context, scope: Scope) -> None:
    number = private_places.add(context, scope, " At  home ", 60.0, 25.0, 200.0)
    private_places.add(context, scope, "", -33.0, 151.0, 50.0)
    assert zones(context, scope) == [("At home", 200.0), ("", 50.0)]
    private_places.change(context, scope, number, {"radius_m": 900.0})
    private_places.remove(context, scope, number)
    assert zones(context, scope) == [("", 50.0)]
    private_places.restore(context, scope, number)
    assert zones(context, scope) == [("At home", 900.0), ("", 50.0)]


def test_only_viewers_are_shown_less(context: Context, scope: Scope) -> None:
    private_places.add(context, scope, "Home", 60.0, 25.0, 200.0)
    viewer = Scope(scope.athlete_id, 7, "viewer")
    with context.database.read() as reader:
        assert (
            privacy_mask(reader, scope).circles
            == privacy_mask(reader, Scope(scope.athlete_id, 7, "editor")).circles
            == ()
        )
        (cut,) = privacy_mask(reader, viewer).circles
        assert within(Circle(60.0, 25.0, 200.0), cut)
        with pytest.raises(Forbidden):
            zone_list(reader, viewer)
    with pytest.raises(Forbidden):
        private_places.add(context, viewer, "Mine", 60.0, 25.0, 200.0)


def test_what_can_not_be_a_private_place(context: Context, scope: Scope) -> None:
    number = private_places.add(context, scope, "Home", 60.0, 25.0, 200.0)
    wrong = (
        {"latitude": 91.0},
        {"longitude": float("nan")},
        {"radius_m": 49.0},
        {"radius_m": 3e4},
        {"name": "x" * 201},
    )
    for fields in wrong:
        with pytest.raises(BadRequest):
            private_places.change(context, scope, number, fields)
    for act in (private_places.remove, private_places.restore):
        with pytest.raises(NotFound):
            act(context, Scope(scope.athlete_id + 1), number)


def within(inner: Circle, outer: Circle) -> bool:
    """Return whether a circle lies wholly in another."""
    apart = haversine(*(np.array(v) for v in (*inner[:2], *outer[:2])))
    return float(apart) + inner.radius_m < outer.radius_m


def test_what_is_cut_stays_where_it_is_and_lies_around_what_was_drawn(context: Context, scope: Scope) -> None:
    """Whatever becomes of a place, what is cut of it is decided by its secret, and by nothing that anybody sees."""
    number = private_places.add(context, scope, "Home", 60.0, 25.0, 200.0)
    other = private_places.add(context, scope, "Home", 60.0, 25.0, 200.0)
    viewer = Scope(scope.athlete_id, 7, "viewer")
    with context.database.read() as reader:
        first, second = privacy_mask(reader, viewer).places
    assert first.circle != second.circle and first.secret != second.secret
    private_places.remove(context, scope, other)
    private_places.remove(context, scope, number)
    private_places.restore(context, scope, number)
    private_places.change(context, scope, number, {"name": "At home"})
    with context.database.read() as reader:
        assert privacy_mask(reader, viewer).places == (first,)
    private_places.change(context, scope, number, {"radius_m": 201.0})
    with context.database.read() as reader:
        (wider,) = privacy_mask(reader, viewer).places
    assert wider.secret == first.secret and within(Circle(60.0, 25.0, 201.0), wider.circle)


SECRETS = st.binary(min_size=16, max_size=16).map(bytes.hex)
WHERE = st.tuples(st.floats(-84.0, 84.0), st.floats(-180.0, 180.0))


@settings(max_examples=300, deadline=None)
@given(where=WHERE, radius=st.floats(50.0, 20_000.0), secret=SECRETS)
def test_a_circle_lies_in_what_is_cut_which_has_its_middle_elsewhere(
    where: tuple[float, float], radius: float, secret: str
) -> None:
    drawn = Circle(*where, radius)
    cut = widened(drawn, secret)
    assert within(drawn, cut) and cut == widened(drawn, secret)
    apart = float(haversine(*(np.array(v) for v in (*where, *cut[:2]))))
    assert 2.19 * radius < apart < 2.61 * radius
    south, west, north, east = cut.box()
    turns = np.linspace(0.0, 2.0 * np.pi, 60)
    edge = [_away(Circle(cut.latitude, cut.longitude, 0.0), turn, cut.radius_m) for turn in turns.tolist()]
    assert all(south <= lat <= north and west <= lon <= east for lat, lon in edge)


#: Straight ways from the door in all directions, their points 10 m apart, in m east and north; and how they are seen.
TURNS = np.linspace(0.0, 2.0 * np.pi, 200, endpoint=False)
NORTH_M = 111_195.0


def begins(hidden: PrivacyMask, home: Circle) -> tuple[np.ndarray, np.ndarray]:
    """Return the first place shown of each of 200 tracks from a door, in m east and north of it."""
    east_m, far = NORTH_M * np.cos(np.radians(home.latitude)), np.arange(0.0, 8.0 * home.radius_m + 500.0, 10.0)
    ends = []
    for number, turn in enumerate(TURNS.tolist()):
        x, y = far * np.sin(turn), far * np.cos(turn)
        shown = hidden.of(f"activity {number}").cut(home.latitude + y / NORTH_M, home.longitude + x / east_m)
        first = shown.at[0]
        ends.append((x[first], y[first]))
    return np.array(ends)[:, 0], np.array(ends)[:, 1]


def fitted(x: np.ndarray, y: np.ndarray) -> float:
    """Return how far from the door the middle of the circle is that fits points best."""
    unknown, *_ = np.linalg.lstsq(np.column_stack((2.0 * x, 2.0 * y, np.ones(len(x)))), x * x + y * y, rcond=None)
    return float(np.hypot(unknown[0], unknown[1]))


@settings(max_examples=20, deadline=None)
@given(secret=SECRETS, radius=st.sampled_from((50.0, 200.0, 500.0, 3_000.0)))
def test_two_hundred_tracks_do_not_tell_where_a_door_is(secret: str, radius: float) -> None:
    """The attack: a circle through all ends that are shown, and their mean. What is cut as drawn falls to it."""
    home = Circle(48.0, 7.85, radius)
    cut = Private(widened(home, secret), secret)
    x, y = begins(PrivacyMask((cut.circle,), (cut,)), home)
    assert fitted(x, y) > radius
    assert float(np.hypot(x.mean(), y.mean())) > radius
    assert np.all(np.hypot(x, y) > radius)
    bare_x, bare_y = begins(PrivacyMask((home,)), home)
    assert max(fitted(bare_x, bare_y), float(np.hypot(bare_x.mean(), bare_y.mean()))) < 10.0


@settings(max_examples=30, deadline=None)
@given(secret=SECRETS)
def test_activities_begin_somewhere_outside_of_what_is_cut(secret: str) -> None:
    circle = Circle(48.0, 7.85, 200.0)
    far = [start_m(secret, f"activity {number}") for number in range(100)]
    assert far == [start_m(secret, f"activity {number}") for number in range(100)]
    assert min(far) >= 0.0 and max(far) <= START_M and max(far) - min(far) > 0.7 * START_M
    hidden = PrivacyMask((circle.grown(START_M),), (Private(circle, secret),))
    assert hidden.of("activity 3").circles == (circle.grown(far[3]),)


TRACKS = st.lists(st.tuples(st.floats(-3.0, 3.0), st.floats(-3.0, 3.0)), min_size=2, max_size=12)


@settings(max_examples=60, deadline=None)
@given(
    corners=TRACKS, middle=st.sampled_from([(50.0, 14.0), (-33.0, 179.999), (0.0, -179.999), (70.0, 0.0)]),
    radius=st.floats(50.0, 2_000.0), secret=SECRETS, known=st.booleans(), lost=st.integers(0, 5),
)  # fmt: skip
def test_nothing_that_is_shown_of_a_recording_lies_in_a_private_place(
    corners: list[tuple[float, float]], middle: tuple[float, float], radius: float, secret: str, known: bool, lost: int
) -> None:
    """Any track, its corners up to three times the radius of what is cut away; with a counted distance, or without."""
    home = Circle(*middle, radius)
    cut = Private(widened(home, secret), secret)
    made = wandering(corners, middle, cut.circle.radius_m, known=known, lost=lost)
    shown = PrivacyMask((cut.circle.grown(START_M),), (cut,)).of("one").recording(made)
    if shown is None or shown is made:
        places = [value for value in (made.values("latitude"), made.values("longitude")) if value is not None]
        away = haversine(*places, *(np.array(v) for v in middle))
        assert shown is None or np.nanmin(away) > radius
        return
    cleaned = samples(shown)
    for latitude, longitude in (
        (shown.values("latitude"), shown.values("longitude")),
        (cleaned.values("latitude"), cleaned.values("longitude")),
    ):
        assert latitude is not None and longitude is not None
        away = haversine(latitude, longitude, *(np.array(v) for v in middle))
        assert np.nanmin(away) > radius
    summary = summarise(shown, cleaned)
    at = np.searchsorted(made.time_ms, shown.time_ms)
    latitude, longitude = wandered(corners, middle, cut.circle.radius_m)
    step = haversine(latitude[:-1], longitude[:-1], latitude[1:], longitude[1:])
    # Between two places that are shown a line may still come into the circle: it pauses there, and counts no metre.
    paused = np.isin(shown.time_ms[:-1], [pause.start_ms for pause in shown.pauses])
    gone = float(step[at[:-1]][(np.diff(at) == 1) & ~paused].sum())
    assert summary.distance_m is None or summary.distance_m <= 1.01 * gone + 1.0, "metres of what is left out"
    if known and gone > 0.0:
        assert abs((summary.distance_m or 0.0) - gone) < 0.01 * gone + 1.0, "the total is that of what is shown"
    assert summary.elapsed_s <= (shown.time_ms[-1] - shown.time_ms[0]) / 1000.0 + 1.0
    assert shown.time_ms[0] == made.time_ms[0] or shown.start.utc_ms == shown.time_ms[0]
    assert not (shown.laps or shown.totals or shown.events or shown.lengths)


def wandered(
    corners: list[tuple[float, float]], middle: tuple[float, float], scale_m: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return the degrees of 20 places for each of the corners, given in so many m east and north of a middle."""
    x, y = np.array(corners).T * scale_m
    part = np.linspace(0.0, len(corners) - 1.0, 20 * len(corners))
    x, y = (np.interp(part, np.arange(len(corners)), along) for along in (x, y))
    east_m = NORTH_M * np.cos(np.radians(middle[0]))
    return middle[0] + y / NORTH_M, (middle[1] + x / east_m + 180.0) % 360.0 - 180.0


def wandering(
    corners: list[tuple[float, float]], middle: tuple[float, float], scale_m: float, *, known: bool, lost: int
) -> Recording:
    """Return a recording through corners, given in so many m east and north; every so many places are lost."""
    latitude, longitude = wandered(corners, middle, scale_m)
    gone = np.concatenate(([0.0], np.cumsum(haversine(latitude[:-1], longitude[:-1], latitude[1:], longitude[1:]))))
    if lost:
        latitude[lost :: lost + 1] = np.nan
    base = golden.run(len(latitude))
    values = {"latitude": latitude, "longitude": longitude, **({"distance_m": gone} if known else {})}
    # As slow as a bicycle, or cleaning would not believe it.
    times = golden.START_MS + np.round(np.linspace(0.0, 1000.0 * (gone[-1] / 6.0 + len(latitude)), len(latitude)))
    return replace(base, sport=Sport("cycling", "road"), time_ms=times.astype(np.int64), pauses=(),
                   end_ms=int(times[-1]), channels=golden.channels(values))  # fmt: skip


PLACES = st.lists(st.tuples(st.floats(-0.01, 0.01), st.floats(-0.01, 0.01)), min_size=1, max_size=40)
STEPS = st.tuples(st.integers(-3, 3), st.integers(-3, 3))
MIDDLES = st.sampled_from([(50.0, 14.0), (-33.0, 179.999), (0.0, -180.0), (70.0, 0.0)])


@settings(max_examples=100, deadline=None)
@given(places=PLACES, middle=MIDDLES, radius=st.floats(50.0, 900.0))
def test_no_line_that_is_shown_comes_into_a_circle(
    places: list[tuple[float, float]], middle: tuple[float, float], radius: float
) -> None:
    latitude = middle[0] + np.array([place[0] for place in places])
    longitude = (middle[1] + np.array([place[1] for place in places]) + 180.0) % 360.0 - 180.0
    hidden = PrivacyMask((Circle(*middle, radius),))
    shown = hidden.line(polyline.encode(latitude, longitude))
    apart = haversine(latitude, longitude, *(np.array(v) for v in middle))
    if shown is None:
        assert np.all(apart <= radius + 2.0)
        return
    lat, lon = polyline.decode(shown)
    assert np.all(haversine(lat, lon, *(np.array(v) for v in middle)) > radius)
    part = np.linspace(0.0, 1.0, 50)[:, None]
    step = (np.diff(lon) + 180.0) % 360.0 - 180.0
    between = haversine(lat[:-1] + part * np.diff(lat), lon[:-1] + part * step, *(np.array(v) for v in middle))
    assert np.all(between > 0.995 * radius)


@settings(max_examples=100, deadline=None)
@given(
    middle=MIDDLES, zoom=st.integers(2, 22), radius=st.floats(50.0, 2000.0), off=st.tuples(*[st.integers(-3, 3)] * 2)
)
def test_no_tile_that_is_shown_meets_a_circle(
    middle: tuple[float, float], zoom: int, radius: float, off: tuple[int, int]
) -> None:
    lat, lon = (np.array([v]) for v in middle)
    x, y = (int(one[0]) + step for one, step in zip(tile(lat, lon, zoom), off, strict=True))
    x %= 1 << zoom
    y = min(max(y, 0), (1 << zoom) - 1)
    free = bool(PrivacyMask((Circle(*middle, radius),)).free(np.array([x]), np.array([y]), zoom)[0])
    south, west, north, east = bounds(x, y, zoom)
    part = np.linspace(0.0, 1.0, 60)
    within = haversine((south + part * (north - south))[:, None], west + part * (east - west), lat, lon)
    nearest = float(within.min())
    if free:
        assert nearest > radius
    elif nearest > 1.05 * radius + haversine(np.array(south), np.array(west), np.array(north), np.array(east)) / 20:
        pytest.fail(f"hidden, though {nearest} m away")
