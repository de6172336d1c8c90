"""Texts that were written for an athlete, as pages show them."""

from collections.abc import Mapping

from homestretch.coach.writing.claims import PLACEHOLDER
from homestretch.errors import HomestretchError
from homestretch.model.coach.asked import AskedChange
from homestretch.model.coach.text_reasons import SENTENCES
from homestretch.model.documents.coach_plans import PlanDiff
from homestretch.model.documents.coach_texts import (
    CoachText,
    CoachTextItem,
    CoachTexts,
    FactDocument,
    KeptText,
)
from homestretch.model.moment import iso
from homestretch.store.database import Reader
from homestretch.store.queries import coach_texts as stored
from homestretch.store.queries.coach_texts import StoredText
from homestretch.store.queries.identities import key_of
from homestretch.store.queries.plans import approved_version, linked_activities
from homestretch.store.scope import Scope
from homestretch.views.coach.changes import tried
from homestretch.views.kit.paging import decode_cursor, encode_cursor

#: The most texts of a page.
MOST = 50
_EMPTY = KeptText(
    by="code", headline="", points=[], question=None, unknown=[], operations=[], refused=[], rules=[], facts={},
    hidden=0, truncated=0,
)  # fmt: skip


def coach_texts(
    reader: Reader, scope: Scope, kind: str | None, activity: str | None, limit: int, cursor: str | None
) -> CoachTexts:
    """Return texts, the newest first, of one kind or all, or those about an activity. Raises NotFound."""
    scope.must("coach: read")
    (before,) = (None,) if cursor is None else decode_cursor(cursor, int)
    subjects = None if activity is None else [key_of(reader, scope.athlete_id, activity)]
    rows = stored.texts_of(reader, scope, limit + 1, before, kind, subjects)
    more = encode_cursor([rows[limit - 1].id]) if len(rows) > limit else None
    rows = rows[:limit]
    known = _activities(reader, scope, rows)
    return {"items": [_item(row, known) for row in rows], "next": more}


def coach_text(reader: Reader, scope: Scope, now_ms: int, public_id: str) -> CoachText:
    """Return a text with what it rests on and what its changes would do. Raises NotFound."""
    scope.must("coach: read")
    row = stored.find_text(reader, scope, public_id)
    document = row.document or _EMPTY
    facts = document["facts"]
    question = document["question"]
    return CoachText(
        **_item(row, _activities(reader, scope, [row])),
        words=row.words,
        points=document["points"],
        question=None if question is None else _shown(document, question),
        unknown=[_shown(document, words) for words in document["unknown"]],
        operations=document["operations"],
        refused=document["refused"],
        diff=_diff(reader, scope, now_ms, row, document),
        made=row.made,
        rules=document["rules"],
        facts=facts,
        hidden=document["hidden"],
        truncated=document["truncated"],
        call=row.call,
        would_send=document.get("would_send"),
    )


def _activities(reader: Reader, scope: Scope, rows: list[StoredText]) -> Mapping[str, str]:
    """Return the activities of workouts, by the keys of their recordings."""
    keys = [row.subject for row in rows if row.kind == "workout" and row.subject is not None]
    return linked_activities(reader, scope, keys) if keys else {}


def _item(row: StoredText, activities: Mapping[str, str]) -> CoachTextItem:
    document = row.document
    subject = row.subject if row.kind == "week" else activities.get(row.subject or "")
    return CoachTextItem(
        id=row.public_id,
        kind=row.kind,
        subject=subject,
        plan=row.plan,
        version=row.version,
        state="done" if row.state == stored.DONE else "waiting",
        by=None if document is None else document["by"],
        model=row.model,
        headline=None if document is None else _shown(document, document["headline"]),
        reason=row.why,
        why=None if row.why is None else SENTENCES.get(row.why),
        created_at=iso(row.created_ms),
        done_at=iso(row.done_ms),
        decision=row.decision,  # type: ignore[typeddict-item]
        suggestions=0 if document is None else len(document["operations"]),
    )


def _shown(document: KeptText, text: str) -> str:
    """Return a text with its numbers; what code wrote has them."""
    return text if document["by"] == "code" else with_facts(text, document["facts"])


def with_facts(text: str, facts: Mapping[str, FactDocument]) -> str:
    """Return a text with its references put in, as the facts were."""
    return PLACEHOLDER.sub(lambda found: facts[found[1]].get("text", "") if found[1] in facts else "", text)


def _diff(reader: Reader, scope: Scope, now_ms: int, row: StoredText, document: KeptText) -> PlanDiff | None:
    """Return what the suggested changes would do; None where they are decided, or can't be done any more."""
    if not document["operations"] or row.decision is not None:
        return None
    version = None if row.plan is not None else approved_version(reader, scope)
    plan = row.plan or (None if version is None else version.plan)
    number = row.version or (None if version is None else version.version)
    if plan is None or number is None:
        return None
    asked = [
        AskedChange(one["op"], one["id"], one["to"], one["template"], None, one["minutes"], one["factor"], one["why"])
        for one in document["operations"]
    ]
    try:
        return tried(reader, scope, now_ms, plan, number, asked)
    except HomestretchError:  # the plan went on, or is gone
        return None
