"""What needs an answer of the athlete, the most pressing first; those who may only look get none."""

from collections.abc import Iterator
from datetime import date

from homestretch.merge.rules import Verdict
from homestretch.model.documents.today import Need, NeedKind
from homestretch.model.moment import DAY_MS
from homestretch.sources.registry import sources, terms_of
from homestretch.store.database import Reader
from homestretch.store.queries.cached import items_under
from homestretch.store.queries.today import failed_files, failed_items, has_pairs, open_proposals
from homestretch.store.scope import Scope
from homestretch.views.activities.matches import open_questions
from homestretch.views.gear.gear import parts_due
from homestretch.views.sources.sources import connection_states
from homestretch.views.training.thresholds import thresholds

#: Files that could not be read are named for so long after their import.
FILES_DAYS = 14


def needs(reader: Reader, scope: Scope, today: date, now: int) -> list[Need]:
    """Return what needs an answer at an instant (UTC ms)."""
    found: list[Need] = []
    found += _sources(reader, scope, now)
    if scope.may("matches: answer"):
        found += _questions(reader, scope)
    if scope.may("proposals: make"):
        found += _proposals(reader, scope)
    if scope.may("thresholds: set"):
        found += _thresholds(reader, scope, today)
    if scope.may("gear: edit"):
        found += _gear(reader, scope, now)
    if scope.may("imports: read"):
        found += _files(reader, scope, now)
    return found


def _need(
    kind: NeedKind, count: int = 1, id: str | None = None, name: str | None = None, detail: str | None = None,
    value: float | None = None, unit: str | None = None,
) -> Need:  # fmt: skip
    return {"kind": kind, "count": count, "id": id, "name": name, "detail": detail, "value": value, "unit": unit}


def _sources(reader: Reader, scope: Scope, now: int) -> Iterator[Need]:
    """Yield the sources that ask for a sign-in or a code, then those that refused something."""
    known = connection_states(reader, scope, now)
    for row, state in known:
        if state in ("sign_in", "question"):
            yield _need("sign_in", id=row.public_id, name=sources()[row.source].name, detail=row.label)
    for row, _ in known:
        count = failed_items(reader, items_under(terms_of(row.source)), row.id)
        if count:
            yield _need("items", count, row.public_id, sources()[row.source].name, row.label)


def _questions(reader: Reader, scope: Scope) -> list[Need]:
    """Return that pairs of recordings are to be judged; most days there are none, which is seen at once."""
    if not has_pairs(reader, scope.athlete_id, Verdict.REVIEW.value):
        return []
    count = open_questions(reader, scope, 0)["total"] or 0
    return [_need("questions", count)] if count else []


def _proposals(reader: Reader, scope: Scope) -> list[Need]:
    count = open_proposals(reader, scope.athlete_id)
    return [_need("proposals", count)] if count else []


def _thresholds(reader: Reader, scope: Scope, today: date) -> Iterator[Need]:
    """Yield the thresholds that activities show to be higher than what is set."""
    for one in thresholds(reader, scope, today):
        for shown in one["suggestions"]:
            yield _need(
                "threshold", id=one["key"], name=one["name"], detail=shown["family"] or None,
                value=shown["value"], unit=one["unit"],
            )  # fmt: skip


def _gear(reader: Reader, scope: Scope, now: int) -> Iterator[Need]:
    for one in parts_due(reader, scope, now):
        left = ((one.left_m, "m"), (one.left_s, "s"), (one.left_days, "days"))
        value, unit = next(((value, unit) for value, unit in left if value is not None and value <= 0), (None, None))
        yield _need("gear", id=one.item, name=one.item_name, detail=one.name, value=value, unit=unit)


def _files(reader: Reader, scope: Scope, now: int) -> Iterator[Need]:
    """Yield the imports of the last days of which files could not be read, the newest first."""
    for batch, files in failed_files(reader, scope.athlete_id, now - FILES_DAYS * DAY_MS):
        yield _need("files", files, str(batch))
