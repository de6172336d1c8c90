"""What routes are called: a name given, words that most activities share, or how long, what shape and where to."""

import pytest

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.edit import edits
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.store.scope import Scope
from homestretch.views.places.route_names import course_name, distinct_names, own_words
from homestretch.views.places.routes import route_list, route_of, route_whole
from tests.flow.courses import BLOCK, RIDE, ROAD, along, rebuilt, settled
from tests.taking import listed, row_id, take_in

BACK = (*ROAD, *ROAD[::-1])
#: Three courses, each twice: one way, out and back by bicycle, round a block.
FILES = {
    f"{name}{day}.fit": encode(along(course, 3 * place + day, sport=sport, speed=speed))
    for place, (name, course, sport, speed) in enumerate(
        (("road", ROAD, RIDE, 8.0), ("back", BACK, RIDE, 8.0), ("block", BLOCK * 2, along(ROAD, 0).sport, 4.0))
    )
    for day in range(2)
}
#: The length of the first is what its file says in its summary.
ROAD_NAME = "0.6 km ride, one way to the north-east"
BACK_NAME = "3.2 km ride, out and back to the north-east"
BLOCK_NAME = "2.7 km run, loop to the north-east"


@pytest.fixture
def course(sqlite_context: Context, scope: Scope, decoders: Decoders) -> list[str]:
    """The ids of activities, in order of time, on three routes."""
    take_in(sqlite_context, scope, decoders, FILES)
    settled(sqlite_context, scope, decoders)
    return [one["id"] for one in listed(sqlite_context, scope)]


def names(context: Context, scope: Scope, *, imperial: bool = False) -> list[str]:
    """Return what the routes are called."""
    with context.database.read() as reader:
        found = route_list(reader, scope, imperial=imperial)
        for one in found:
            whole = route_whole(reader, scope, one["id"], imperial=imperial)
            assert whole["name"] == one["name"]  # however one comes to it
            of = route_of(reader, scope, row_id(context, scope, one["id"]), imperial=imperial)
            assert of is not None and of["name"] == one["name"]
    assert len({one["name"].casefold() for one in found}) == len(found)
    return sorted(one["name"] for one in found)


def test_a_route_that_nobody_named_is_called_by_its_course(
    course: list[str], sqlite_context: Context, scope: Scope
) -> None:
    assert names(sqlite_context, scope) == [ROAD_NAME, BLOCK_NAME, BACK_NAME]
    assert [name.split(",")[0] for name in names(sqlite_context, scope, imperial=True)] == [
        "0.4 mi ride", "1.7 mi run", "2 mi ride",
    ]  # fmt: skip


def test_what_most_call_it_and_what_it_was_named_win(
    course: list[str], sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    context = sqlite_context
    for activity in course[:4]:
        edits.change(context, scope, row_id(context, scope, activity), {"name": "To work"})
    assert names(context, scope) == [BLOCK_NAME, "To work", "To work (2)"]
    # One of two is not most of them.
    edits.change(context, scope, row_id(context, scope, course[3]), {"name": "By the river"})
    assert names(context, scope) == [BLOCK_NAME, BACK_NAME, "To work"]
    # What a person names a route holds, also where others are called so, and whatever is derived again.
    edits.change(context, scope, row_id(context, scope, course[2]), {"route_name": "to WORK"})
    assert names(context, scope) == [BLOCK_NAME, "To work (2)", "to WORK"]
    rebuilt(context, scope, decoders)
    assert names(context, scope) == [BLOCK_NAME, "To work (2)", "to WORK"]
    edits.change(context, scope, row_id(context, scope, course[2]), {"route_name": None})
    assert names(context, scope) == [BLOCK_NAME, BACK_NAME, "To work"]


def test_words_are_peoples_own_where_more_than_half_wrote_them() -> None:
    assert own_words(["Loop of lakes", "loop of Lakes", "loop of Lakes", "Morning Run"]) == "loop of Lakes"
    assert own_words(["Loop of lakes", "Morning Run"]) is None
    assert own_words(["Morning Run", "Morning Run", "Evening Run"]) is None
    assert own_words(["Helsinki Running"] * 3) is None
    assert own_words([]) is None


def test_lengths_have_a_decimal_where_it_tells_something() -> None:
    for length_m, km, mi in (
        (8_240, "8.2 km", "5.1 mi"),
        (5_000, "5 km", "3.1 mi"),
        (61_700, "62 km", "38 mi"),
        (0, "0 km", "0 mi"),
    ):
        assert course_name("run", length_m, None, imperial=False) == f"{km} run"
        assert course_name("tennis", length_m, "", imperial=True) == f"{mi} route"


def test_names_that_two_would_have_are_told_apart() -> None:
    assert distinct_names(["Bay", "Hill (2)"], {1: "bay", 2: "Hill", 3: "hill", 4: "Bay", 5: "Lake"}) == {
        1: "bay (2)", 2: "Hill", 3: "hill (3)", 4: "Bay (3)", 5: "Lake",
    }  # fmt: skip
