"""Which recordings are one workout: the specification's cases, and what must hold for any recordings."""

import itertools
import json
import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from homestretch.analysis.activity.summary import summarise
from homestretch.analysis.samples.samples import samples
from homestretch.merge.evidence import overlap
from homestretch.merge.features import Features, features, matching_family
from homestretch.merge.match import Matched, match, related
from homestretch.merge.rules import ONE, Verdict, compare
from homestretch.model.moment import Moment
from homestretch.model.sport import Sport
from tests.analysis.made import START_MS, northward, recording

PRAGUE = (50.0, 14.0)


def ride(key: str = "a", start_s: float = 0, elapsed_s: float = 3600, **more: Any) -> Features:
    given: dict[str, Any] = {
        "digest": f"file {key}", "session": 0, "file_key": None, "family": "ride", "distance_m": 30_000.0,
        "start_point": PRAGUE,
    }  # fmt: skip
    start_ms = START_MS + round(start_s * 1000)
    return Features(key=key, start_ms=start_ms, end_ms=start_ms + round(elapsed_s * 1000), **(given | more))


def metres_north(metres: float) -> tuple[float, float]:
    return float(northward(metres)), PRAGUE[1]


def groups(found: Iterable[Features]) -> list[list[str]]:
    return match(found).groups


SPORTS = {
    "ride": Sport("cycling"), "run": Sport("running"), "virtual_ride": Sport("cycling", "virtual_activity"),
    "multisport": Sport("multisport"), "yoga": Sport("training", "yoga"),
    "strength": Sport("training", "strength_training"),
}  # fmt: skip
#: The specification's vectors [dup.*].
VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["id"])
def test_the_specifications_cases(vector: dict[str, Any]) -> None:
    told = vector["input"]
    sports = [SPORTS[sport] for sport in told["sport"]]
    metres = told.get("gps_start_m")
    made = []
    for i, name in enumerate("ab"):
        there = None if metres is None else metres_north(i * metres)
        end = there and metres_north(20_000 + i * told.get("gps_end_m", 0))
        made.append(ride(
            name, i * told.get("dstart_s", 0), told["dur"][i], distance_m=told["dist"][i], start_point=there,
            end_point=end, family=matching_family(sports[i]), indoor=sports[i].indoor,
            date_only=i == 1 and told.get("start_time_known") is False,
        ))  # fmt: skip
    assert compare(*made).decision == vector["expected"]["decision"]
    assert compare(made[1], made[0]).verdict is compare(*made).verdict


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({}, Verdict.DUPLICATE),
        ({"family": "run"}, Verdict.REVIEW),
        ({"family": "generic"}, Verdict.DUPLICATE),
        ({"family": "multisport"}, Verdict.DUPLICATE),
        ({"distance_m": 31_400.0}, Verdict.DUPLICATE),
        ({"distance_m": 32_000.0}, Verdict.REVIEW),
        ({"distance_m": None}, Verdict.DUPLICATE),
        ({"start_point": metres_north(499)}, Verdict.DUPLICATE),
        ({"start_point": metres_north(501)}, Verdict.REVIEW),
        ({"start_point": (-11.6, 166.9), "indoor": True, "distance_m": 36_000.0}, Verdict.DUPLICATE),
        ({"start_point": None, "distance_m": 36_000.0}, Verdict.DUPLICATE),
    ],
)
def test_time_family_distance_and_place(change: dict[str, Any], verdict: Verdict) -> None:
    assert compare(ride("a"), replace(ride("b"), **change)).verdict is verdict


def test_the_overlap_decides_between_same_and_not() -> None:
    assert compare(ride("a"), ride("b", 0, 3600 * 0.86)).verdict is Verdict.DUPLICATE
    assert compare(ride("a"), ride("b", 0, 3600 * 0.84)).verdict is Verdict.PART_OF
    assert compare(ride("a"), ride("b", 1700, 3600)).verdict is Verdict.REVIEW
    assert compare(ride("a"), ride("b", 1900, 3600)).verdict is Verdict.DISTINCT
    assert overlap(ride("a"), ride("b", 1800)) == pytest.approx(1 / 3)
    assert overlap(ride("a", 0, 0), ride("b", 0, 0)) == 1
    assert overlap(ride("a", 0, 0), ride("b", 9, 0)) == 0


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({}, Verdict.REVIEW), ({"elapsed_s": 3590}, Verdict.REVIEW), ({"elapsed_s": 3500}, Verdict.DISTINCT),
        ({"start_s": 3600 * 1.5 + 20}, Verdict.DISTINCT), ({"start_s": 7200 + 20}, Verdict.REVIEW),
        ({"distance_m": 33_000.0}, Verdict.DISTINCT), ({"distance_m": None}, Verdict.DISTINCT),
        ({"device": "watch"}, Verdict.DISTINCT), ({"start_point": metres_north(2000)}, Verdict.DISTINCT),
        ({"start_point": None}, Verdict.REVIEW), ({"family": "run"}, Verdict.DISTINCT),
    ],
)  # fmt: skip
def test_two_devices_whole_hours_apart_are_a_question_at_least(change: dict[str, Any], verdict: Verdict) -> None:
    """One was started 20 s later and stopped 40 s earlier than the other, and its clock is an hour ahead."""
    told: dict[str, Any] = {"start_s": 3620, "elapsed_s": 3560, "distance_m": 29_700.0, "device": "head", "samples": 9}
    pair = ride("a", device="watch", samples=9), ride("b", **(told | change))
    assert compare(*pair).verdict is compare(*reversed(pair)).verdict is verdict


def test_a_files_own_identity_is_enough_and_its_sessions_are_apart() -> None:
    a = ride("a", file_key="fit:1")
    moved = ride("b", 86_400, file_key="fit:1", family="run")
    assert compare(a, moved).verdict is Verdict.DUPLICATE
    assert compare(a, replace(moved, session=1)).verdict is Verdict.DISTINCT
    assert compare(a, replace(a, key="c", session=1)).verdict is Verdict.DISTINCT
    assert groups([a, moved]) == [["a", "b"]]


def verdicts(found: Matched) -> dict[tuple[str, str], Verdict]:
    return {(pair.a, pair.b): pair.match.verdict for pair in found.pairs}


def triathlon(name: str, shift_s: float = 0) -> list[Features]:
    legs = [("swim", 0.0, 1800.0), ("transition", 1800.0, 120.0), ("ride", 1920.0, 4200.0), ("run", 6120.0, 2400.0)]
    return [
        ride(f"{name}{i}", start + shift_s, length, family=family, digest=name, session=i, start_point=None)
        for i, (family, start, length) in enumerate(legs)
    ]


def test_legs_match_legs() -> None:
    assert groups(triathlon("x") + triathlon("y", 2)) == [[f"x{i}", f"y{i}"] for i in range(4)]
    whole = ride("whole", 0, 8520, family="multisport", start_point=None, distance_m=51_500.0)
    legs = [replace(leg, distance_m=12_000.0) for leg in triathlon("x")]
    found = match([*legs, whole])
    assert found.groups == [["whole"], *([f"x{i}"] for i in range(4))]
    assert found.legs == {"whole": frozenset(leg.key for leg in legs)}


def test_no_third_recording_joins_two_legs_of_one_file() -> None:
    first = ride("x0", 0, 1000, digest="x", session=0, start_point=None)
    second = ride("x1", 100, 1000, digest="x", session=1, start_point=None)
    between = ride("y", 60, 1000, start_point=None)
    for order in itertools.permutations([first, second, between]):
        found = match(order)
        assert found.groups == [["x0"], ["x1", "y"]]
        assert verdicts(found)["x0", "y"] is Verdict.REVIEW, "what could not join is a question"


def test_what_is_done_in_the_course_of_weeks_is_no_part_of_a_workout() -> None:
    """A tracker on a journey, or a clock that went wrong: nothing is asked of what else was recorded meanwhile."""
    week, day = 7 * 86_400, 86_400
    journey = ride("j", 0, week + 1, samples=100, start_point=None, distance_m=None)
    assert compare(journey, ride("r", day, start_point=None)).rule == "longer_than_a_workout"
    tour = replace(journey, end_ms=journey.start_ms + 1000 * week)
    assert compare(tour, ride("r", day, start_point=None)).verdict is Verdict.PART_OF
    assert compare(journey, replace(journey, key="k", digest="k")).verdict is Verdict.DUPLICATE, "itself, once more"
    assert compare(journey, ride("r", day, file_key="f")).verdict is Verdict.DISTINCT


def test_features_of_a_recording() -> None:
    n = 100
    made = recording(
        np.arange(n), {"latitude": northward(np.arange(n) * 5.0), "longitude": np.full(n, 14.0)}, sport="running"
    )
    cleaned = samples(made)
    start = Moment(START_MS, 3600)
    found = features(made, cleaned, summarise(made, cleaned), start, key="k", digest="d", form="fit")
    assert (found.key, found.digest, found.family, found.samples, found.indoor) == ("k", "d", "run", n, False)
    assert found.end_ms - found.start_ms == 99_000
    assert found.start_point == pytest.approx((50.0, 14.0))
    assert found.channels == ("latitude", "longitude")
    assert found.offset_s == 3600 and found.format == "fit" and not found.date_only
    assert compare(found, replace(found, key="l", digest="e")).verdict is Verdict.DUPLICATE


recordings = st.lists(
    st.builds(
        ride,
        start_s=st.integers(0, 40).map(lambda x: x * 60.0),
        elapsed_s=st.integers(0, 20).map(lambda x: x * 180.0),
        family=st.sampled_from(["ride", "run", "generic"]),
        digest=st.sampled_from(["x", "y", "z", "u", "v"]),
        file_key=st.sampled_from([None, None, "p", "q"]),
        start_point=st.sampled_from([None, PRAGUE, metres_north(400), metres_north(800)]),
        distance_m=st.sampled_from([None, 10_000.0, 10_400.0, 11_000.0]),
    ),
    max_size=14,
)


def distinct(found: list[Features]) -> list[Features]:
    """Name the recordings, and number the sessions of each file."""
    sessions: dict[str, int] = {}
    named = []
    for i, one in enumerate(found):
        session = sessions.get(one.digest, 0)
        sessions[one.digest] = session + 1
        named.append(replace(one, key=f"k{i:02}", session=session))
    return named


@given(recordings, st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_order(found: list[Features], shuffler: random.Random) -> None:
    named = distinct(found)
    expected = groups(named)
    shuffler.shuffle(named)
    assert groups(named) == expected


@given(recordings, st.sets(st.integers(0, 13), max_size=4))
def test_what_is_nothing_to_what_changed_need_not_be_looked_at(found: list[Features], numbers: set[int]) -> None:
    """What was found of the others before, and what is akin to the changed, give what looking at all gives."""
    named = {f.key: f for f in distinct(found)}
    changed = {key for i, key in enumerate(named) if i in numbers}
    known = match(f for key, f in named.items() if key not in changed)
    linked = [{pair.a, pair.b} for pair in known.pairs]
    near = changed | related(changed, named.values())
    while more := {key for link in linked if link & near for key in link} - near:
        near |= more
    here, everywhere = match(named[key] for key in near), match(named.values())
    assert sorted(here.groups + [group for group in known.groups if not near & set(group)]) == everywhere.groups
    pairs = here.pairs + [pair for pair in known.pairs if pair.a not in near]
    assert sorted(pairs, key=lambda p: (p.a, p.b)) == everywhere.pairs
    assert here.parts <= everywhere.parts <= here.parts | known.parts


@given(recordings)
def test_every_recording_is_in_one_group_with_no_other_session_of_its_file(found: list[Features]) -> None:
    named = {f.key: f for f in distinct(found)}
    made = groups(named.values())
    assert sorted(itertools.chain(*made)) == sorted(named)
    for group in made:
        files = [named[key].digest for key in group]
        assert len(files) == len(set(files))


@given(recordings)
def test_groups_are_those_of_a_slow_search_where_files_do_not_interfere(found: list[Features]) -> None:
    named = [replace(f, digest=f.key) for f in distinct(found)]
    assume(all(compare(a, b).verdict is not Verdict.PART_OF for a, b in itertools.combinations(named, 2)))
    left = {f.key: {f.key} for f in named}
    for a, b in itertools.combinations(named, 2):
        if compare(a, b).verdict in ONE and left[a.key] is not left[b.key]:
            joined = left[a.key] | left[b.key]
            for key in joined:
                left[key] = joined
    assert groups(named) == sorted(sorted(group) for group in {id(s): s for s in left.values()}.values())


@given(recordings.filter(lambda f: len(f) > 1))
def test_verdicts_are_the_same_both_ways(found: list[Features]) -> None:
    a, b, *_ = distinct(found)
    assert compare(a, b).verdict is compare(b, a).verdict
    assert compare(a, a).verdict is Verdict.DUPLICATE


def test_what_was_recorded_overlaps_and_not_the_pause_between() -> None:
    hour = 3_600_000
    paused = replace(
        ride("p", 0, 45 * 24 * 3600.0),
        recorded=((START_MS, START_MS + hour), (START_MS + 50 * hour, START_MS + 51 * hour)),
    )
    short = replace(ride("q", 0, 52 * 3600.0), recorded=paused.recorded)
    between = ride("b", 10 * 3600, 3600, start_point=None)
    for one in (paused, short):
        assert compare(one, between).verdict is Verdict.DISTINCT
    assert compare(short, ride("m", 60, 3540)).verdict is Verdict.PART_OF, "a piece of its first hour"
    lunch = replace(
        ride("l", 0, 4 * 3600), recorded=((START_MS, START_MS + hour), (START_MS + 2 * hour, START_MS + 4 * hour))
    )
    assert compare(lunch, ride("w", 0, 4 * 3600)).verdict is Verdict.DUPLICATE, "one paused for lunch, one did not"
    walk = ride("k", 4000, 3000, family="walk", start_point=None, distance_m=3000.0)
    assert compare(lunch, walk).verdict is Verdict.DISTINCT, "a walk at lunch"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"family": "swim", "start_point": None}, "another_sport"),
        ({"family": "swim", "start_point": metres_north(5_000)}, "another_sport"),
        ({"start_point": metres_north(2_000_000)}, "far_away"),
        ({"family": "run", "start_point": metres_north(2_000_000)}, "far_away"),
    ],
)
def test_what_cannot_be_one_workout_is_no_question(change: dict[str, Any], rule: str) -> None:
    found = compare(ride("a"), replace(ride("b", 300), **change))
    assert (found.verdict, found.rule) == (Verdict.DISTINCT, rule)


def test_nothing_is_asked_of_two_that_never_ran_at_once() -> None:
    """The same loop again, whole quarters of an hour later, by two watches whose clocks are right."""
    more: dict[str, Any] = {"end_point": PRAGUE, "format": "fit", "samples": 3600}
    found = compare(ride("a", **more), replace(ride("b", 7200, 3602, **more), distance_m=30_200.0))
    assert (found.verdict, found.rule) == (Verdict.DISTINCT, "wrong_zone_perhaps")
