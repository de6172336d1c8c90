"""People's answers about which recordings are one workout: merged, separated, and which one to prefer."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from homestretch.errors import BadRequest, Conflict, ForbiddenByTerms, NotFound
from homestretch.flow.derive.activities import refresh
from homestretch.flow.derive.commit import mint
from homestretch.flow.derive.matching import chain_key
from homestretch.flow.edit.edits import record_edit
from homestretch.flow.runtime.context import Context
from homestretch.merge.blend import EVERYTHING
from homestretch.merge.rules import Verdict
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.arrivals import forbidden
from homestretch.store.queries.corrected import members_of
from homestretch.store.queries.edits import JOIN, PART, PREFER, said_of_pairs
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, pairs, recordings
from homestretch.store.tables.kept import identities

#: The recordings of an activity; the one that is spoken of first.
type _Members = Sequence[Row[Any]]


def join(context: Context, scope: Scope, one: int, other: int) -> None:
    """Make two activities one; where they are one after the other, they are its pieces.

    Raises BadRequest for an activity with itself, Conflict for sessions of one file and for wholes of legs.
    """
    scope.must("matches: answer")
    with context.database.write() as session:
        first, second = _members(session, scope, one), _members(session, scope, other)
        if one == other:
            raise BadRequest(reason="These recordings are already one activity.")
        if not first or not second:
            raise Conflict(reason="A multisport activity can't be merged. Merge its legs instead.")
        if {row.digest for row in first} & {row.digest for row in second}:
            raise Conflict(reason="Both come from one file, which records them as two activities.")
        _must_link(session, scope, [*first, *second])
        _join(session, context, scope, first, second)
        _refresh(session, scope, [*first, *second])


def join_all(context: Context, scope: Scope, ids: Sequence[int]) -> list[int]:
    """Make activities one, each with the one that began before it; return the edits.

    Raises what `join` raises; all are merged or none.
    """
    scope.must("matches: answer")
    made: list[int] = []
    with context.database.write() as session:
        every = [_members(session, scope, number) for number in dict.fromkeys(ids)]
        if len(every) < 2:
            raise BadRequest(reason="Choose at least two activities to merge.")
        if not all(every):
            raise Conflict(reason="A multisport activity can't be merged. Merge its legs instead.")
        every.sort(key=lambda members: (members[0].start_ms, members[0].id))
        digests = [{row.digest for row in members} for members in every]
        if sum(map(len, digests)) > len(set().union(*digests)):
            raise Conflict(reason="Two of them come from one file, which records them as two activities.")
        _must_link(session, scope, [row for members in every for row in members])
        for at in range(1, len(every)):
            # Those before come along: nothing keeps any of them apart from this one any more.
            before = [row for members in (every[at - 1], *every[: at - 1]) for row in members]
            made.append(_join(session, context, scope, before, every[at]))
        _refresh(session, scope, [row for members in every for row in members])
    return made


def part(context: Context, scope: Scope, activity: int, recording: str) -> None:
    """Take a recording, by public id, out of an activity: it is one of its own, also when both come again.

    Raises NotFound, and Conflict where nothing would be left.
    """
    scope.must("matches: answer")
    with context.database.write() as session:
        members = _members(session, scope, activity)
        own = _named(session, scope, recording, members)
        others = [row.key for row in members if row.key != own.key and row.digest != own.digest]
        if not others:
            raise Conflict(reason="This is the only recording of the activity, so it can't be split off.")
        record_edit(session, context, scope, own.key, PART, None, others)
        _refresh(session, scope, members)


def decide(context: Context, scope: Scope, asked: Sequence[tuple[str, str]], *, one: bool) -> list[int]:
    """Answer questions about two recordings each, by public id: they are one workout, or not; return the edits.

    A “no” answers every question about the two activities. All are answered or none.
    Raises NotFound, and BadRequest for a recording with itself.
    """
    scope.must("matches: answer")
    made, rows = [], []
    with context.database.write() as session:
        for a, b in asked:
            first, second = (_recording(session, scope, name) for name in (a, b))
            if first.key == second.key:
                raise BadRequest(reason="This activity has only one recording.")
            apart = first.activity_id != second.activity_id
            if one:
                _must_link(session, scope, [first, second])
            both = [[row, *(_beside(session, row) if apart else ())] for row in (first, second)]
            made += [_join(session, context, scope, *both)] if one else _part(session, context, scope, *both)
            rows += [row for members in both for row in members]
        _refresh(session, scope, rows)
    return made


def _must_link(session: Reader, scope: Scope, rows: _Members) -> None:
    """Raise ForbiddenByTerms where one of the recordings must not be linked with others."""
    if forbidden(session, scope.athlete_id, [row.digest for row in rows], "link"):
        raise ForbiddenByTerms(action="merging it with others")


def _join(session: Writer, context: Context, scope: Scope, first: _Members, second: _Members) -> int:
    """Join the first of each with the other as one workout, and keep no other pair of theirs apart any more."""
    subject, other = first[0].key, second[0].key
    mint(context, session, scope.athlete_id, [chain_key((subject, other))])
    every = [[a.key, b.key] for a in first for b in second if {a.key, b.key} != {subject, other}]
    said = said_of_pairs(session, scope.athlete_id) if every else {}
    no_more = [pair for pair in every if said.get(frozenset(pair)) is False]
    return record_edit(session, context, scope, subject, JOIN, None, [other, *no_more])


def _part(session: Writer, context: Context, scope: Scope, first: _Members, second: _Members) -> list[int]:
    """Keep the first of each as two workouts, and answer all other questions about them so."""
    said: dict[str, list[str]] = {first[0].key: [second[0].key]}
    keys = {row.id: row.key for row in (*first, *second)}
    ones, others = ([row.id for row in members] for members in (first, second))
    between = (pairs.c.a.in_(ones) & pairs.c.b.in_(others)) | (pairs.c.a.in_(others) & pairs.c.b.in_(ones))
    for row in session.rows(select(pairs).where(between, pairs.c.verdict == Verdict.REVIEW.value)):
        one, other = keys[row.a], keys[row.b]
        if {one, other} != {first[0].key, second[0].key}:
            said.setdefault(one, []).append(other)
    return [
        record_edit(session, context, scope, key, PART, None, sorted(parted)) for key, parted in sorted(said.items())
    ]


def _beside(session: Reader, recording: Row[Any]) -> _Members:
    """Return the other recordings of a recording's activity."""
    others = (recordings.c.activity_id == recording.activity_id) & (recordings.c.id != recording.id)
    return session.rows(select(recordings).where(others).order_by(recordings.c.id))


def prefer(context: Context, scope: Scope, activity: int, name: str, recording: str | None) -> None:
    """Choose the recording, by public id, that gives a field or channel (`*`: all) of an activity; None undoes it."""
    scope.must("matches: answer")
    with context.database.write() as session:
        members = _members(session, scope, activity)
        if not members:
            raise Conflict(reason="A multisport activity has no recordings to choose from. Choose for its legs.")
        key = None if recording is None else _named(session, scope, recording, members).key
        known = {EVERYTHING}.union(*(row.summary.keys() | set(row.summary["channels"]) for row in members))
        if name not in known:
            raise BadRequest(reason=f"{name} is not a field or channel of this activity.")
        record_edit(session, context, scope, members[0].key, "set", PREFER + name, key)
        _refresh(session, scope, members)


def _members(session: Reader, scope: Scope, activity: int) -> Sequence[Row[Any]]:
    """Return the recordings of an activity, the first-minted first. Raises NotFound."""
    mine = (activities.c.id == activity) & (activities.c.athlete_id == scope.athlete_id)
    row = session.row(select(activities.c.id, activities.c.split_from_id).where(mine))
    if row is None:
        raise NotFound(what="activity", id=activity)
    if row.split_from_id is not None:
        raise Conflict(reason="This is part of a split activity. Do that on the page of its first part.")
    return members_of(session, activity)


def _named(session: Reader, scope: Scope, public_id: str, members: Sequence[Row[Any]]) -> Row[Any]:
    found = _recording(session, scope, public_id)
    if found.id not in {row.id for row in members}:
        raise NotFound(what="recording of this activity", id=public_id)
    return found


def _recording(session: Reader, scope: Scope, public_id: str) -> Row[Any]:
    named = (identities.c.public_id == public_id) & (identities.c.athlete_id == scope.athlete_id)
    query = select(recordings).join(identities, identities.c.id == recordings.c.id).where(named)
    found = session.row(query)
    if found is None:
        raise NotFound(what="recording", id=public_id)
    return found


def _refresh(session: Writer, scope: Scope, rows: Sequence[Row[Any]]) -> None:
    refresh(session, scope.athlete_id, [row.id for row in rows])
