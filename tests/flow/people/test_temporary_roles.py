"""A role for a while, beside one for good: it counts until its time, and takes nothing with it."""

from dataclasses import replace

import pytest

from homestretch.errors import BadRequest, Conflict, NotFound
from homestretch.flow.accounts.accounts import Caller, create_without_password
from homestretch.flow.people import invitations, members
from homestretch.flow.runtime.context import Context
from homestretch.store.queries.grants import held_by
from homestretch.store.queries.people import owned_by, temporary_roles_of
from homestretch.store.scope import Scope

START_MS = 1_760_000_000_000


class Two:
    """Ann with an athlete, Ben who is given roles for it, and a clock."""

    def __init__(self, context: Context) -> None:
        self.now_ms = START_MS
        self.context = replace(context, clock=lambda: self.now_ms)
        with self.context.database.write() as session:
            self.ann = create_without_password(session, self.context, "ann")
            self.ben = create_without_password(session, self.context, "ben")
            (self.athlete,) = owned_by(session, self.ann)
        self.scope = Scope(self.athlete, self.ann, "owner")

    def role(self) -> str | None:
        """Return what Ben is now."""
        with self.context.database.read() as reader:
            held = held_by(reader, self.ben, self.now_ms).get(self.athlete)
        return None if held is None else held.role

    def pass_hours(self, hours: float) -> None:
        self.now_ms += int(hours * members.HOUR_MS)


@pytest.fixture
def two(context: Context) -> Two:
    return Two(context)


def test_it_ends_by_itself_and_the_role_for_good_stays(two: Two) -> None:
    members.give(two.context, two.scope, "ben", "viewer")
    members.give(two.context, two.scope, "ben", "editor", hours=2)
    assert two.role() == "editor"
    two.pass_hours(1.99)
    assert two.role() == "editor"
    two.pass_hours(0.01)
    assert two.role() == "viewer", "at the very instant"
    members.take(two.context, two.scope, "ben")
    assert two.role() is None


def test_a_lesser_one_takes_nothing_away_and_a_new_one_takes_its_place(two: Two) -> None:
    members.give(two.context, two.scope, "ben", "coach")
    members.give(two.context, two.scope, "ben", "viewer", hours=5)
    assert two.role() == "coach"
    members.give(two.context, two.scope, "ben", "editor", hours=1)
    with two.context.database.read() as reader:
        assert [one.role for one in temporary_roles_of(reader, two.athlete, two.now_ms)] == ["editor"]
    two.pass_hours(1)
    assert two.role() == "coach", "the five hours as a viewer are over too"


def test_it_ends_before_its_time_by_either(two: Two) -> None:
    for scope in (two.scope, Scope(two.athlete, two.ben, "editor")):
        members.give(two.context, two.scope, "ben", "editor", hours=24)
        members.end_temporary_role(two.context, scope, two.ben)
        assert two.role() is None
        with pytest.raises(NotFound):
            members.end_temporary_role(two.context, scope, two.ben)
    members.give(two.context, two.scope, "ben", "coach", hours=24)
    members.remove(two.context, Scope(two.athlete, two.ben, "coach"), two.ben)
    assert two.role() is None, "who has only that leaves like anybody"


def test_an_owner_is_one_for_good(two: Two) -> None:
    with pytest.raises(BadRequest, match="for good"):
        members.give(two.context, two.scope, "ben", "owner", hours=1)
    with pytest.raises(BadRequest, match="for good"):
        invitations.invite(two.context, two.scope, "owner", "Ben", hours=1)
    for hours in (0, members.LONGEST_HOURS + 1):
        with pytest.raises(BadRequest, match="hours"):
            members.give(two.context, two.scope, "ben", "coach", hours=hours)
    members.give(two.context, two.scope, "ann", "coach", hours=1)
    with two.context.database.read() as reader:
        assert held_by(reader, two.ann, two.now_ms)[two.athlete].role == "owner"
    with pytest.raises(Conflict):
        members.remove(two.context, two.scope, two.ann)


def test_its_time_begins_when_the_invitation_is_accepted(two: Two) -> None:
    sent = invitations.invite(two.context, two.scope, "editor", "Ben", hours=3)
    two.pass_hours(48)
    assert invitations.looked_at(two.context, sent.token, address="here").hours == 3
    invitations.accept(two.context, Caller(two.ben, "ben", False), sent.token, address="here")
    two.pass_hours(2.9)
    assert two.role() == "editor"
    two.pass_hours(0.1)
    assert two.role() is None


def test_what_is_over_is_forgotten_when_another_is_given(two: Two) -> None:
    members.give(two.context, two.scope, "ben", "editor", hours=1)
    two.pass_hours(2)
    members.give(two.context, two.scope, "ann", "coach", hours=1)
    with two.context.database.read() as reader:
        assert [one.username for one in temporary_roles_of(reader, two.athlete, 0)] == ["ann"]
