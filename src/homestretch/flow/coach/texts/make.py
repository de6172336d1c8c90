"""Asks for texts, and decides about what they suggest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from homestretch.errors import BadRequest, Conflict, NotFound
from homestretch.flow.coach.changes import change
from homestretch.flow.coach.plans import approve
from homestretch.flow.coach.texts.reading import today, units_of, workout_review
from homestretch.flow.runtime.athlete_lock import lock_athlete
from homestretch.flow.runtime.context import Context, public_id
from homestretch.model.coach.asked import AskedChange
from homestretch.model.documents.coach_texts import TextKind
from homestretch.store.database import Reader, Writer
from homestretch.store.queries import coach_texts as stored
from homestretch.store.queries.identities import key_of
from homestretch.store.queries.plans import approved_version, find_version, newest_plan
from homestretch.store.scope import Scope

#: So many texts of an athlete may wait at once.
MOST_WAITING = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class TextWanted:
    """A text that is asked for; see `NewText` of the API."""

    kind: TextKind
    activity: str | None = None
    day: date | None = None
    plan: str | None = None
    version: int | None = None
    words: str = ""


def ask_for(context: Context, scope: Scope, wanted: TextWanted) -> str:
    """Ask for a text; return its public id. One that already waits for the same is that one. Raises NotFound."""
    scope.must("coach: edit")
    now = context.clock()
    with context.database.read() as reader:
        values = _subject(context, reader, scope, wanted)
        values |= {"kind": wanted.kind, "words": wanted.words.strip(), "lang": "en", "units": units_of(reader, scope)}
    made = public_id()
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        subject = values["subject"]
        waiting = stored.waiting_same(
            session, scope, wanted.kind, None if subject is None else str(subject), str(values["words"])
        )
        if waiting is not None:
            return waiting
        if stored.waiting_count(session, scope) >= MOST_WAITING:
            raise Conflict(reason=f"{MOST_WAITING} texts wait already. Try again when some are written.")
        stored.put_text(session, scope, made, values, now)
    return made


def _subject(context: Context, reader: Reader, scope: Scope, wanted: TextWanted) -> dict[str, object]:
    """Return what a text is about. Raises NotFound, BadRequest."""
    if wanted.kind == "workout":
        review = workout_review(reader, scope, context.clock(), wanted.activity or "")
        return {"subject": key_of(reader, scope.athlete_id, review["activity"]), "plan": None, "version": None}
    if wanted.kind == "week":
        day = wanted.day or today(reader, scope, context.clock())
        return {"subject": (day - timedelta(days=day.weekday())).isoformat(), "plan": None, "version": None}
    if wanted.kind == "rules":
        return {"subject": None, "plan": None, "version": None}
    if wanted.plan is None:
        found = approved_version(reader, scope)
        plan = newest_plan(reader, scope)
        if found is None and plan is None:
            raise BadRequest(reason="There is no plan yet. Make one first.")
        found = found or find_version(reader, scope, plan or "")
    else:
        found = find_version(reader, scope, wanted.plan, wanted.version)
    return {"subject": f"{found.plan}:{found.version}", "plan": found.plan, "version": found.version}


def decide(
    context: Context, scope: Scope, text: str, decision: str, chosen: Sequence[int] | None = None, why: str = ""
) -> int | None:
    """Approve or reject what a text suggests; approving makes the next version and puts it in force; return its number.

    With `chosen` only the changes with these numbers. Raises NotFound, BadRequest, and Conflict where it was decided
    before, or a rule that must hold would be broken: the version is then there, and waits.
    """
    scope.must("coach: approve" if decision == "approve" else "coach: edit")
    with context.database.read() as reader:
        found = stored.find_text(reader, scope, text)
        base = approved_version(reader, scope)
    document = found.document
    if document is None or not document["operations"]:
        raise BadRequest(reason="This text suggests no changes.")
    if decision == "reject":
        with context.database.write() as session:
            lock_athlete(session, scope.athlete_id)
            _decide(session, scope, found.id, "reject", None, context.clock())
        return None
    plan, version = (found.plan, found.version) if found.plan else (base.plan, base.version) if base else (None, None)
    if plan is None or version is None:
        raise NotFound(what="plan", id="in force")
    wanted = [one for number, one in enumerate(document["operations"]) if chosen is None or number in chosen]
    if not wanted:
        raise BadRequest(reason="Choose at least one of the changes.")
    asked = [
        AskedChange(one["op"], one["id"], one["to"], one["template"], None, one["minutes"], one["factor"], one["why"])
        for one in wanted
    ]

    def decided(session: Writer, made: int) -> None:
        _decide(session, scope, found.id, "approve", made, context.clock())

    author = f"model:{found.model}" if found.model else "planner"
    reason = why or found.words or "As the review suggests."
    made = change(context, scope, plan, version, asked, reason, author, {"text": found.public_id}, decided)
    return approve(context, scope, made["plan"], made["version"], why)


def _decide(session: Writer, scope: Scope, text_id: int, decision: str, made: int | None, now: int) -> None:
    if not stored.decide_text(session, scope, text_id, decision, made, now):
        raise Conflict(reason="This was decided before.")


def due_texts(context: Context) -> list[tuple[int, str]]:
    """Return the athletes and ids of the texts that are to be written now."""
    with context.database.read() as reader:
        return stored.waiting_texts(reader, context.clock())
