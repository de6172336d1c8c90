"""One truth from many: who gives which field."""

import itertools
import random
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from homestretch.merge.blend import EVERYTHING, BlendPreferences, Candidate, blend, rank

GPS = frozenset({"latitude", "longitude", "altitude_m"})


def candidate(
    key: str, form: str = "fit", channels: frozenset[str] = GPS, samples: int = 100, **figures: Any
) -> Candidate:
    return Candidate(key, form, figures, channels, samples)


def test_the_fullest_comes_first_and_others_fill_in() -> None:
    fit = candidate("f", distance_m=10_000.0, avg_power_w=None, name=None)
    gpx = candidate("g", "gpx", distance_m=10_050.0, avg_power_w=200.0, name="Lunch")
    made = blend([gpx, fit])
    assert made.primary == "f"
    assert made.figures == {"distance_m": 10_000.0, "avg_power_w": 200.0, "name": "Lunch"}
    assert made.sources == {"distance_m": "f", "avg_power_w": "g", "name": "g"}


def test_the_rank() -> None:
    best_first = [
        candidate("powered", "gpx", GPS | {"power_w"}),
        candidate("fit"),
        candidate("tcx", "tcx", samples=200),
        candidate("tcx less", "tcx"),
        candidate("gpx", "gpx"),
        candidate("gpx twin", "gpx"),
        candidate("unheard of", "xyz"),
        candidate("no place", channels=frozenset({"heart_rate_bpm"})),
        candidate("typed", "manual", frozenset(), 0),
    ]
    assert sorted(random.Random(1).sample(best_first, len(best_first)), key=rank) == best_first


def test_what_is_chosen_for_one_activity_beats_the_order_of_all_sources() -> None:
    watch = replace(candidate("watch"), sources=frozenset({"garmin"}))
    other = replace(candidate("other", "gpx"), sources=frozenset({"strava"}))
    trusted = BlendPreferences(order=("garmin", "strava"))
    assert blend([other, watch], trusted).primary == "watch"
    chosen = BlendPreferences(order=("garmin", "strava"), chosen={EVERYTHING: "other"})
    assert blend([other, watch], chosen).primary == "other"


def test_fields_that_belong_together_come_together() -> None:
    fit = candidate("f", ascent_m=None, descent_m=7.0, distance_m=5.0, distance_source="device")
    gpx = candidate("g", "gpx", ascent_m=100.0, descent_m=90.0, distance_m=6.0, distance_source="gps")
    made = blend([fit, gpx])
    assert (made.figures["ascent_m"], made.figures["descent_m"]) == (100.0, 90.0)
    assert (made.figures["distance_m"], made.figures["distance_source"]) == (5.0, "device")
    assert made.sources["descent_m"] == "g"
    alone = blend([candidate("f", ascent_m=None, descent_m=7.0)])
    assert alone.figures["descent_m"] == 7.0


def test_a_sport_that_says_nothing_gives_way() -> None:
    made = blend(
        [candidate("f", sport="generic", sub_sport=None), candidate("g", "gpx", sport="hiking", sub_sport="x")]
    )
    assert (made.figures["sport"], made.figures["sub_sport"], made.sources["sport"]) == ("hiking", "x", "g")
    made = blend(
        [candidate("f", sport="running", sub_sport=None), candidate("g", "gpx", sport="running", sub_sport="x")]
    )
    assert made.figures["sub_sport"] is None
    assert blend([candidate("f", sport="generic", sub_sport=None)]).figures["sport"] == "generic"


def test_zero_is_known() -> None:
    assert blend([candidate("f", ascent_m=0.0), candidate("g", "gpx", ascent_m=9.0)]).figures["ascent_m"] == 0.0


figures = st.dictionaries(st.sampled_from(["sport", "sub_sport", "distance_m", "name"]), st.none() | st.integers(0, 3))
candidates = st.lists(
    st.builds(
        Candidate,
        key=st.text("ab", min_size=1, max_size=3),
        format=st.sampled_from(["fit", "gpx"]),
        figures=figures,
        channels=st.sampled_from([GPS, frozenset[str]()]),
        samples=st.integers(0, 2),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda c: c.key,
)


@given(candidates)
def test_order_does_not_matter_and_every_source_says_what_it_gave(found: list[Candidate]) -> None:
    made = blend(found)
    by_key = {c.key: c for c in found}
    for name, key in made.sources.items():
        assert by_key[key].figures[name] == made.figures[name]
    for order in itertools.permutations(found):
        assert blend(order) == made
