"""Deletes what was sent to a language model and what came back, after the days that are set."""

from sqlalchemy import ColumnElement, exists, or_, select, update

from homestretch.store.database import Reader, Writer
from homestretch.store.queries.model_calls import DAY_MS, RUNNING
from homestretch.store.queries.model_settings import model_settings
from homestretch.store.tables.language_model import model_calls

USUAL_DAYS = 30
#: A call that has not ended after so long never will: its process died. What was reserved goes on counting.
LOST_MS = 6 * 3_600_000


def has_old_contexts(reader: Reader, now: int) -> bool:
    """Return whether something is to be deleted, or a call never ended."""
    return any(reader.scalar(select(exists().where(old))) for old in (_old(reader, now), _lost(now)))


def delete_old_contexts(session: Writer, now: int) -> None:
    """Delete what is too old; that there was a call, and what it took, stays. Write down which calls never ended."""
    session.run(update(model_calls).where(_lost(now)).values(outcome="interrupted"))
    session.run(
        update(model_calls).where(_old(session, now)).values(sent=None, answer=None, rejected=[], cache_key=None)
    )


def _old(reader: Reader, now: int) -> ColumnElement[bool]:
    settings = model_settings(reader)
    days = USUAL_DAYS if settings is None else settings.keep_days
    held = or_(model_calls.c.sent.is_not(None), model_calls.c.answer.is_not(None))
    return (model_calls.c.at_ms < now - days * DAY_MS) & held


def _lost(now: int) -> ColumnElement[bool]:
    return (model_calls.c.outcome == RUNNING) & (model_calls.c.at_ms < now - LOST_MS)
