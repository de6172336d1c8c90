"""What is asked of lists and sums is understood, or refused with the word that is right."""

from datetime import date

import pytest

from homestretch.errors import BadRequest, NotFound
from homestretch.flow.edit.edits import checked
from homestretch.flow.edit.thresholds import state
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.wire import profile
from homestretch.store.scope import Scope
from homestretch.vendors.sport_names import SPORTS, must_be_sport
from homestretch.views.activities.activities import activity_list
from homestretch.views.kit.frame import Asked
from homestretch.views.lists.filters import Filter
from homestretch.views.places.heat import asked
from homestretch.views.places.tiles import explored
from homestretch.views.training.records import all_records


@pytest.mark.parametrize(
    ("word", "meant"), [("runing", "running"), ("Run", "running"), ("Trail Run", "running"), ("swiming", "swimming")]
)
def test_a_sport_that_is_none_names_the_nearest(sqlite_context: Context, scope: Scope, word: str, meant: str) -> None:
    with sqlite_context.database.read() as reader, pytest.raises(BadRequest, match=f"Did you mean {meant}"):
        activity_list(reader, scope, Filter(sport=word), "-start", 10, None)
    with pytest.raises(BadRequest, match=f"Did you mean {meant}"):
        checked("sport", word)


def test_every_sport_of_fit_is_one() -> None:
    assert set(profile._enum("sport").values()) - {"all"} <= SPORTS
    must_be_sport("ride", or_family=True)
    with pytest.raises(BadRequest, match=r"Unknown sport: xyzzy\.$"):
        must_be_sport("xyzzy")


def test_days_are_in_order(sqlite_context: Context, scope: Scope) -> None:
    later, earlier = date(2024, 5, 2), date(2024, 5, 1)
    with sqlite_context.database.read() as reader:
        for ask in (
            lambda: activity_list(reader, scope, Filter(since=later, until=earlier), "-start", 10, None),
            lambda: all_records(reader, scope, None, later, earlier, 3),
            lambda: asked(reader, scope, None, later, earlier),
            lambda: explored(reader, scope, 14, None, later, earlier),
            lambda: Asked(today=later, since=later, until=earlier),
        ):
            with pytest.raises(BadRequest, match="is after the last day"):
                ask()


def test_a_threshold_is_named_as_it_is_called(sqlite_context: Context, scope: Scope) -> None:
    with pytest.raises(NotFound, match="Did you mean ftp_w"):
        state(sqlite_context, scope, "ftp", 250, date(2024, 5, 1))
