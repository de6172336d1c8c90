"""Notices as an account is shown them."""

from sqlalchemy import Row

from homestretch.model.documents.notices import Notice, Notices
from homestretch.model.notices.words import notice_sentence
from homestretch.sources.registry import sources
from homestretch.store.database import Reader
from homestretch.store.queries import notices as stored
from homestretch.store.scope import Scope


def notice_list(reader: Reader, scope: Scope) -> Notices:
    """Return the notices for the account, the newest first, and how many it has not seen; none for who may only look.

    They are about the athlete, or about the account itself.
    """
    if not scope.may("notifications: edit"):
        return {"items": [], "unseen": 0}
    items = [_notice(row) for row in stored.shown(reader, scope)]
    return {"items": items, "unseen": sum(not item["seen"] for item in items)}


def _notice(row: Row[tuple[object, ...]]) -> Notice:
    source = sources().get(row.details.get("source", ""))
    details = {"name": source.name if source else "the source", **row.details}
    return {
        "id": str(row.id),
        "at_ms": row.at_ms,
        "code": row.code,
        "text": notice_sentence(row.code, details),
        "seen": row.seen is not None,
        "connection": row.connection,
    }


def unseen(reader: Reader, scope: Scope) -> int:
    """Return how many notices the account has not seen yet."""
    return stored.count_unseen(reader, scope) if scope.may("notifications: edit") else 0
