"""Which recordings may be one workout, and why: the questions that are open, and what any two are to each other."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, case, func, select

from homestretch.errors import ForbiddenByTerms, NotFound
from homestretch.merge.evidence import correlation, together
from homestretch.merge.features import Features, dated
from homestretch.merge.rules import SAME_START_M, Verdict, compare
from homestretch.model.documents.activity import GearUsed, Reason
from homestretch.model.documents.matches import Explained, MatchQuestion, QuestionPage, QuestionSide
from homestretch.store.database import Reader
from homestretch.store.queries.arrivals import forbidden, forbids
from homestretch.store.queries.edits import preferred_sources, said_of_pairs
from homestretch.store.queries.gear import gear_names
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, pairs, recordings
from homestretch.store.tables.kept import identities
from homestretch.views.activities.activities import activity_item
from homestretch.views.kit.privacy import PrivacyMask, privacy_mask
from homestretch.views.kit.provenance import Provenance, provenance_of

#: So many questions are shown at once, the newest first.
MOST = 200


def open_questions(reader: Reader, scope: Scope, limit: int = MOST) -> QuestionPage:
    """Return the pairs that a person is to judge, the newest first: both recordings with their activities, and why.

    Two activities are one question, however many recordings they are made of: the surest pair stands for all.
    """
    one, other = recordings.alias(), recordings.alias()
    swapped = one.c.activity_id > other.c.activity_id
    two = [
        case((swapped, a), else_=b)
        for a, b in ((other.c.activity_id, one.c.activity_id), (one.c.activity_id, other.c.activity_id))
    ]
    surest = func.row_number().over(partition_by=two, order_by=(pairs.c.score.desc(), pairs.c.a, pairs.c.b))
    shown = select(activities.c.id).where(activities.c.athlete_id == scope.athlete_id, activities.c.deleted.is_(False))
    asked = (
        select(pairs, other.c.start_ms, surest.label("place"))
        .select_from(pairs.join(one, one.c.id == pairs.c.a).join(other, other.c.id == pairs.c.b))
        .where(pairs.c.athlete_id == scope.athlete_id, pairs.c.verdict == Verdict.REVIEW.value)
        .where(one.c.activity_id != other.c.activity_id)
        .where(one.c.activity_id.in_(shown), other.c.activity_id.in_(shown))
        .where(*(~forbids(side.c.digest, scope.athlete_id, "compare") for side in (one, other)))
        .subquery()
    )
    questions = select(asked).where(asked.c.place == 1)
    total = reader.scalar(select(func.count()).select_from(questions.subquery()))
    rows = reader.rows(questions.order_by(asked.c.start_ms.desc(), asked.c.a, asked.c.b).limit(limit))
    sides = _sides(reader, scope, sorted({number for row in rows for number in (row.a, row.b)}))
    items: list[MatchQuestion] = [
        {"a": sides[row.a], "b": sides[row.b], "rule": row.rule, "score": row.score, "details": row.details}
        for row in rows
    ]
    return {"items": items, "next": None, "total": total}


def explained(reader: Reader, scope: Scope, one: str, other: str) -> Explained:
    """Return what two recordings, by their public ids or those of their activities, are to each other, and why.

    Raises NotFound, ForbiddenByTerms.
    """
    first, second = (_recording(reader, scope, name) for name in (one, other))
    if forbidden(reader, scope.athlete_id, (first.digest, second.digest), "compare"):
        raise ForbiddenByTerms(action="comparing it with others")
    a, b = sorted((_features(first), _features(second)), key=lambda f: (f.start_ms, f.key))
    found = compare(a, b)
    instants, alike = together(a, b, SAME_START_M)
    course = correlation(a, b)
    details: dict[str, float] = dict(found.details)
    details |= {"instants": instants, "alike": round(alike, 4)} if instants else {}
    details |= {} if course is None else {"correlation": round(course, 4)}
    sides = _sides(reader, scope, sorted({first.id, second.id}))
    ids = {first.key: first.id, second.key: second.id}
    said = said_of_pairs(reader, scope.athlete_id).get(frozenset((first.key, second.key)))
    return {
        "a": sides[ids[a.key]],
        "b": sides[ids[b.key]],
        "verdict": found.verdict.value,
        "rule": found.rule,
        "score": found.score,
        "shift_s": found.shift_s,
        "details": details,
        "said": said,
        "together": first.activity_id == second.activity_id,
    }


def order_of(reader: Reader, scope: Scope) -> list[str]:
    """Return the sources in the athlete's order of preference."""
    return list(preferred_sources(reader, scope.athlete_id))


def why_together(reader: Reader, members: Sequence[Row[Any]]) -> dict[int, Reason]:
    """Return for each recording of an activity what made it one with the others: the surest pair with another."""
    ids = [row.id for row in members]
    found: dict[int, Reason] = {}
    within = select(pairs).where(pairs.c.a.in_(ids), pairs.c.b.in_(ids)).order_by(pairs.c.score.desc(), pairs.c.a)
    for row in reader.rows(within):
        for number in (row.a, row.b):
            found.setdefault(
                number,
                {
                    "verdict": row.verdict,
                    "rule": row.rule,
                    "score": row.score,
                    "shift_s": row.shift_s,
                    "details": row.details,
                },
            )
    return found


def _recording(reader: Reader, scope: Scope, name: str) -> Row[Any]:
    """Return the recording that a public id names, or the one that the activity of that id shows."""
    mine = (identities.c.public_id == name) & (identities.c.athlete_id == scope.athlete_id)
    identity = reader.scalar(select(identities.c.id).where(mine))
    primary = select(activities.c.primary_id).where(activities.c.id == identity)
    own = reader.row(select(recordings).where(recordings.c.id == identity))
    found = reader.row(select(recordings).where(recordings.c.id == primary.scalar_subquery())) or own
    if identity is None or found is None:
        raise NotFound(what="recording", id=name)
    return own or found


def _sides(reader: Reader, scope: Scope, ids: Sequence[int]) -> Mapping[int, QuestionSide]:
    """Return recordings by id as a question shows them: whose they are, what they hold, which activity they are in."""
    hidden = privacy_mask(reader, scope)
    query = select(recordings, identities.c.public_id).join(identities, identities.c.id == recordings.c.id)
    rows = reader.rows(query.where(recordings.c.id.in_(ids)))
    of = {
        row.id: row
        for row in reader.rows(select(activities).where(activities.c.id.in_({row.activity_id for row in rows})))
    }
    came = provenance_of(reader, scope, [row.digest for row in rows])
    gears = gear_names(reader, scope.athlete_id)
    return {row.id: _side(row, of[row.activity_id], came.get(row.digest, []), hidden, gears) for row in rows}


def _side(
    row: Row[Any], activity: Row[Any], came: Sequence[Provenance], hidden: PrivacyMask, gears: Mapping[int, GearUsed]
) -> QuestionSide:
    summary = row.summary
    return {
        "recording": row.public_id,
        "format": summary["format"],
        "sources": [one.shown() for one in came],
        "name": summary["name"],
        "sport": summary["sport"],
        "elapsed_s": (row.end_ms - row.start_ms) / 1000,
        "distance_m": summary["distance_m"],
        "date_only": row.date_only,
        "activity": activity_item(activity, [], hidden, gears, {}),
    }


def _features(row: Row[Any]) -> Features:
    return dated(Features(**row.features), row.start_ms, row.date_only)
