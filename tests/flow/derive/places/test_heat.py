"""The heat map's counts: each activity once per pixel, kept up to date, against drawing everything on its own."""

from collections import Counter
from datetime import date, timedelta
from itertools import combinations_with_replacement
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select

from homestretch.analysis.geo.heat import pixels
from homestretch.analysis.geo.pyramid import DEEPEST, SHALLOWEST, deepest_of, drawn_by, tally_at
from homestretch.analysis.samples.samples import Samples, samples
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.places.heat import cold_athletes, draw_heat
from homestretch.flow.edit import edits
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.model.recording import Recording
from homestretch.model.sport import Sport
from homestretch.store.codecs.counts import pack_counts, unpack_counts
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import heat_tiles
from homestretch.views.kit.lru_cache import Abandoned
from homestretch.views.places import heat as views_heat
from homestretch.views.places.heat import asked, heat_state, heat_tile
from tests.flow.courses import BLOCK, RIDE, ROAD, along, settled
from tests.taking import listed, row_id, take_in

RUNS = {"one.fit": along(ROAD, 0), "two.fit": along(ROAD, 1, 5.0), "block.fit": along(BLOCK * 3, 2)}

type Counted = Counter[tuple[int, int, int, int]]


def stored(context: Context, name: str) -> Counted:
    """Return how often each pixel (zoom, x, y, pixel) of a class is counted."""
    found: Counted = Counter()
    with context.database.read() as reader:
        for row in reader.rows(select(heat_tiles).where(heat_tiles.c["class"] == name)):
            for pixel, times in zip(*unpack_counts(row.counts), strict=True):
                found[row.zoom, row.x, row.y, int(pixel)] = int(times)
    return found


def expected(*recordings: Recording, zoom: int) -> Counted:
    """Return what drawing each recording by itself at a zoom comes to."""
    found: Counted = Counter()
    for recording in recordings:
        cleaned = samples(recording)
        assert cleaned.places is not None
        for (x, y), drawn in pixels(cleaned.places.latitude, cleaned.places.longitude, None, zoom).items():
            found.update((zoom, x, y, int(pixel)) for pixel in drawn)
    return found


def at(counts: Counted, zoom: int) -> Counted:
    """Return the counts of one zoom."""
    return Counter({key: times for key, times in counts.items() if key[0] == zoom})


def test_every_activity_counts_once_per_pixel(context: Context, scope: Scope, decoders: Decoders) -> None:
    """Round and round a block is once; the zooms above are halved, each pixel that has one drawn below it."""
    take_in(context, scope, decoders, {name: encode(one) for name, one in RUNS.items()})
    assert cold_athletes(context) == [scope.athlete_id]
    assert draw_heat(context, scope.athlete_id) == 3
    assert cold_athletes(context) == []
    counts = stored(context, "run/2026")
    assert at(counts, DEEPEST) == expected(*RUNS.values(), zoom=DEEPEST)
    assert max(counts.values()) <= 3
    for zoom in range(SHALLOWEST, DEEPEST):
        assert max(at(counts, zoom).values()) <= 3
        assert max(at(counts, SHALLOWEST).values()) == 3


def test_what_is_deleted_hidden_or_retyped_is_drawn_no_longer(
    context: Context, scope: Scope, decoders: Decoders
) -> None:
    take_in(context, scope, decoders, {name: encode(one) for name, one in RUNS.items()})
    settled(context, scope, decoders)
    first, second, third = (row_id(context, scope, one["id"]) for one in listed(context, scope))
    edits.remove(context, scope, first)
    settled(context, scope, decoders)
    assert at(stored(context, "run/2026"), DEEPEST) == expected(*list(RUNS.values())[1:], zoom=DEEPEST)
    edits.change(context, scope, second, {"hidden": True})
    edits.change(context, scope, third, {"sport": "cycling"})
    settled(context, scope, decoders)
    assert stored(context, "run/2026") == Counter()
    assert at(stored(context, "ride/2026"), DEEPEST) == expected(RUNS["block.fit"], zoom=DEEPEST)
    edits.restore(context, scope, first)
    settled(context, scope, decoders)
    assert at(stored(context, "run/2026"), DEEPEST) == expected(RUNS["one.fit"], zoom=DEEPEST)


def test_what_comes_later_is_added(context: Context, scope: Scope, decoders: Decoders) -> None:
    for name, one in RUNS.items():
        take_in(context, scope, decoders, {name: encode(one)})
        assert draw_heat(context, scope.athlete_id) == 1
    assert at(stored(context, "run/2026"), DEEPEST) == expected(*RUNS.values(), zoom=DEEPEST)
    assert draw_heat(context, scope.athlete_id) == 0


def test_days_that_cut_a_year_are_drawn_when_asked_for(context: Context, scope: Scope, decoders: Decoders) -> None:
    """The same pixels in the same colours as if nothing else had ever been recorded."""
    files = {**RUNS, "ride.fit": along(ROAD, 3, 0.0, RIDE, 8.0)}
    take_in(context, scope, decoders, {name: encode(one) for name, one in files.items()})
    settled(context, scope, decoders)
    x, y = next((x, y) for zoom, x, y, _ in stored(context, "run/2026") if zoom == 14)
    day = date(2026, 5, 4)

    def shown(since: date | None = None, until: date | None = None, family: str | None = None) -> bytes:
        with context.database.read() as reader:
            return heat_tile(reader, scope, asked(reader, scope, family, since, until), 14, x, y)

    only = shown(day, day)
    assert shown(day, day, "run") == only != shown()
    with context.database.read() as reader:
        heat = asked(reader, scope, None, date(2026, 5, 3), date(2026, 12, 31))
        assert (heat.whole, heat.edges) == (("ride/2026", "run/2026"), ())
        heat = asked(reader, scope, None, day, date(2026, 5, 6))
        assert [(edge.family, edge.sign) for edge in heat.edges] == [("run", -1)], "one is less to draw than two"
        assert heat_state(reader, scope)["drawn"] == 4
    for one in listed(context, scope):
        if not one["start"].startswith("2026-05-04"):
            edits.remove(context, scope, row_id(context, scope, one["id"]))
    settled(context, scope, decoders)
    assert shown() == only


def test_any_two_days_count_what_lies_between_them(sqlite_context: Context, scope: Scope, decoders: Decoders) -> None:
    """Whether that is drawn, or what lies beside it is taken from the whole."""
    context, every = sqlite_context, {day: along(ROAD if day % 2 else BLOCK * 3, day, float(day)) for day in range(5)}
    take_in(context, scope, decoders, {f"{day}.fit": encode(one) for day, one in every.items()})
    settled(context, scope, decoders)
    days = [date(2026, 5, 2) + timedelta(days=number) for number in range(7)]
    spots = {(x, y) for zoom, x, y, _ in stored(context, "run/2026") if zoom == DEEPEST}
    signs = set()
    with context.database.read() as reader:
        for first, last in combinations_with_replacement(range(7), 2):
            heat = asked(reader, scope, None, days[first], days[last])
            signs |= {edge.sign for edge in heat.edges}
            found: Counted = Counter()
            for x, y in spots:
                counts = views_heat._counts(reader, scope, heat, DEEPEST, x, y)
                for pixel in () if counts is None else np.flatnonzero(counts):
                    found[DEEPEST, x, y, int(pixel)] = int(counts[pixel])  # type: ignore[index]
            between = [one for day, one in every.items() if first <= day + 1 <= last]
            assert found == expected(*between, zoom=DEEPEST), (days[first], days[last])
    assert signs == {1, -1}


def test_what_nobody_waits_for_is_drawn_no_further(sqlite_context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(sqlite_context, scope, decoders, {name: encode(one) for name, one in RUNS.items()})
    settled(sqlite_context, scope, decoders)
    with sqlite_context.database.read() as reader:
        x, y = next((x, y) for zoom, x, y, _ in stored(sqlite_context, "run/2026") if zoom == 14)
        day = date(2026, 5, 4)
        with pytest.raises(Abandoned):
            heat_tile(reader, scope, asked(reader, scope, None, None, day, lambda: True), 14, x, y)
        assert heat_tile(reader, scope, asked(reader, scope, None, None, day), 14, x, y) != views_heat.clear()


def test_all_tiles_of_a_question_draw_an_activity_once(
    context: Context, scope: Scope, decoders: Decoders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the days cut the years of more sports and years than are kept of other questions."""
    sports = (RIDE, Sport("walking"), Sport("rowing"), Sport("cross_country_skiing"), Sport("running"))
    files = {
        f"{n}-{day}.fit": encode(along(ROAD, day, 0.0, sport)) for n, sport in enumerate(sports) for day in (n, 20 + n)
    }
    take_in(context, scope, decoders, files)
    settled(context, scope, decoders)
    tiles = sorted({(x, y) for zoom, x, y, _ in stored(context, "run/2026") if zoom == DEEPEST})
    drawn: list[int] = []

    def counting(cleaned: Samples) -> Any:
        drawn.append(1)
        return deepest_of(cleaned)

    monkeypatch.setattr(views_heat, "deepest_of", counting)
    until = date(2026, 5, 15)
    with context.database.read() as reader:
        heat = asked(reader, scope, None, None, until)
        assert len(heat.edges) == len(sports) and len(tiles) > 1
        for x, y in [*tiles, *tiles]:
            assert heat_tile(reader, scope, heat, DEEPEST, x, y)
    assert len(drawn) == len(sports)


def test_drawn_together_counts_as_drawn_one_by_one() -> None:
    cleaned = [samples(one) for one in (along(ROAD, 0), along(ROAD, 1, 5.0), along(BLOCK * 3, 2))]
    for zoom in range(SHALLOWEST, DEEPEST + 1):
        alone = Counter(int(pixel) for one in cleaned for pixel in drawn_by(one)[zoom])
        pixels, times = tally_at(zoom, [deepest_of(one) for one in cleaned])
        assert dict(zip(pixels.tolist(), times.tolist(), strict=True)) == alone
        assert pixels.tolist() == sorted(alone)


def test_counts_come_back_from_their_bytes() -> None:
    chance = np.random.default_rng(3)
    for count in (0, 1, 500, 65536):
        drawn = np.sort(chance.choice(65536, count, replace=False)).astype(np.uint16)
        times = chance.integers(1, 65536, count).astype(np.uint16)
        back = unpack_counts(pack_counts(drawn, times))
        np.testing.assert_array_equal(back[0], drawn)
        np.testing.assert_array_equal(back[1], times)
