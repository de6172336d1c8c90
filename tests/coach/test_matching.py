"""Which activity did which session."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from homestretch.coach.checking.days import plus
from homestretch.coach.checking.state import Marker
from homestretch.coach.matching import DoneActivity, Match, Said, match, score
from homestretch.model.coach.session import Session

RIDE = Session("r", "2026-12-01", "ride", 60, 50.0)
RUN = Session("n", "2026-12-01", "run", 45, 40.0)
LATER = "2026-12-03T08:00"


def test_sport_and_day_decide() -> None:
    done = [DoneActivity("1", "2026-12-01", "run", 44, 41.0), DoneActivity("2", "2026-12-01", "ride", 65, 55.0)]
    made = match([RIDE, RUN], done, LATER)
    assert [(one.session, one.activity) for one in made.matches] == [("n", "1"), ("r", "2")]
    assert made.extra == made.missed == made.open == ()


def test_the_day_after_counts_if_no_better_is_there() -> None:
    next_day = DoneActivity("late", "2026-12-02", "ride", 60, 50.0)
    assert match([RIDE], [next_day], LATER).matches == (Match("r", "late", "score", 0.5),)
    same_day = DoneActivity("same", "2026-12-01", "ride", 40, 35.0)
    assert [one.activity for one in match([RIDE], [next_day, same_day], LATER).matches] == ["same"]


def test_what_a_person_says_is_first() -> None:
    done = [DoneActivity("1", "2026-12-01", "ride", 60, 50.0), DoneActivity("2", "2026-12-01", "ride", 20, 9.0)]
    chosen = match([RIDE], done, LATER, Said({"r": "2"}))
    assert chosen.matches == (Match("r", "2", "chosen"),) and chosen.extra == ("1",)
    none = match([RIDE], done, LATER, Said({"r": None}))
    assert none.matches == () and none.missed == ("r",)


def test_a_device_that_names_the_session_is_believed() -> None:
    done = [DoneActivity("1", "2026-12-03", "other", 10, None, session="r")]
    assert match([RIDE], done, LATER).matches == (Match("r", "1", "linked"),)


def test_missed_from_noon_of_the_next_day() -> None:
    assert match([RIDE], [], "2026-12-02T11:59").open == ("r",)
    assert match([RIDE], [], "2026-12-02T12:00").missed == ("r",)


def test_skipped_is_not_missed() -> None:
    assert match([RIDE], [], LATER, Said(skipped={"r": "snow"})).skipped == {"r": "snow"}
    ill = match([RIDE], [], LATER, markers=[Marker("ill", "2026-11-30")])
    assert ill.skipped == {"r": "marked ill"} and ill.missed == ()
    assert match([RIDE], [], LATER, asked_off={"r": "sleep 5 h"}).skipped == {"r": "sleep 5 h"}


def test_what_is_unknown_is_left_out_of_the_score() -> None:
    done = DoneActivity("1", "2026-12-01", "ride", 30, None)
    assert score(RIDE, done) == 0.5
    assert score(replace(RIDE, start="08:00"), replace(done, minutes=60, start="16:00")) == (0.5 + 0.2 * 0.5) / 0.7


ACTIVITIES = st.lists(
    st.builds(
        DoneActivity, st.uuids().map(str), st.integers(0, 6).map(lambda n: plus("2026-11-30", n)),
        st.sampled_from(("ride", "run", "strength")), st.integers(1, 300), st.none() | st.floats(0, 300),
    ),
    max_size=8, unique_by=lambda one: one.id,
)  # fmt: skip
SESSIONS = st.lists(
    st.builds(
        Session, st.uuids().map(str), st.integers(0, 6).map(lambda n: plus("2026-11-30", n)),
        st.sampled_from(("ride", "run", "strength")), st.integers(1, 300), st.floats(0, 300),
    ),
    max_size=8, unique_by=lambda one: one.id,
)  # fmt: skip


@given(SESSIONS, ACTIVITIES)
def test_each_is_in_one_place(sessions: list[Session], done: list[DoneActivity]) -> None:
    made = match(sessions, done, "2026-12-04T13:00")
    assert sorted([*(one.session for one in made.matches), *made.missed, *made.skipped, *made.open]) == sorted(
        one.id for one in sessions
    )
    assert sorted([*(one.activity for one in made.matches), *made.extra]) == sorted(one.id for one in done)
    assert match([*reversed(sessions)], [*reversed(done)], "2026-12-04T13:00") == made
