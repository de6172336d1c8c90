"""Keeps and reads conversations with the coach."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, insert, select, update

from homestretch.errors import NotFound
from homestretch.store.database import Reader, Writer
from homestretch.store.scope import Scope
from homestretch.store.tables.coach_model import conversation_messages, conversations


@dataclass(frozen=True, slots=True)
class StoredConversation:
    """A conversation as it is kept."""

    id: int
    public_id: str
    title: str
    created_ms: int


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message as it is kept: of the athlete, or an answer by references."""

    id: int
    author: str
    text: str
    document: Mapping[str, object]
    state: str
    why: str | None
    model: str | None
    call: int | None
    created_ms: int


_COLUMNS = tuple(conversations.c[name] for name in StoredConversation.__slots__)
_MESSAGE = tuple(conversation_messages.c[name] for name in StoredMessage.__slots__)


def put_conversation(session: Writer, scope: Scope, public_id: str, title: str, now: int) -> int:
    """Keep a new conversation; return its row id."""
    values = {"athlete_id": scope.athlete_id, "account_id": scope.account_id, "title": title, "created_ms": now}
    return session.add(insert(conversations).values(public_id=public_id, **values))


def put_message(session: Writer, conversation_id: int, values: Mapping[str, object], now: int) -> int:
    """Keep a message; return its row id."""
    made = {"conversation_id": conversation_id, "created_ms": now, **values}
    return session.add(insert(conversation_messages).values(made))


def find_conversation(reader: Reader, scope: Scope, public_id: str) -> StoredConversation:
    """Return a conversation. Raises NotFound."""
    row = reader.row(select(*_COLUMNS).where(*_own(scope), conversations.c.public_id == public_id))
    if row is None:
        raise NotFound(what="conversation", id=public_id)
    return StoredConversation(**row._mapping)


def conversations_of(reader: Reader, scope: Scope, limit: int) -> list[tuple[StoredConversation, int]]:
    """Return the conversations of an athlete with how many messages each has, the newest first."""
    table = conversation_messages.c
    count = select(func.count()).where(table.conversation_id == conversations.c.id).scalar_subquery()
    query = select(*_COLUMNS, count.label("messages")).where(*_own(scope))
    rows = reader.rows(query.order_by(conversations.c.id.desc()).limit(limit))
    return [(StoredConversation(row.id, row.public_id, row.title, row.created_ms), row.messages) for row in rows]


def messages_of(reader: Reader, conversation_id: int, limit: int = 200) -> list[StoredMessage]:
    """Return the last messages of a conversation, the first one first."""
    mine = conversation_messages.c.conversation_id == conversation_id
    query = select(*_MESSAGE).where(mine).order_by(conversation_messages.c.id.desc()).limit(limit)
    return [StoredMessage(**row._mapping) for row in reversed(reader.rows(query))]


def remove_conversation(session: Writer, scope: Scope, public_id: str, removed_ms: int) -> None:
    """Remove a conversation. Raises NotFound."""
    found = find_conversation(session, scope, public_id)
    session.run(update(conversations).where(conversations.c.id == found.id).values(removed_ms=removed_ms))


def _own(scope: Scope) -> list[ColumnElement[bool]]:
    return [conversations.c.athlete_id == scope.athlete_id, conversations.c.removed_ms.is_(None)]
