"""Conversations with the coach, as pages show them."""

from typing import cast

from homestretch.model.coach.text_reasons import SENTENCES
from homestretch.model.documents.coach_texts import ChatMessage, Conversation, ConversationItem, Conversations
from homestretch.model.moment import iso
from homestretch.store.database import Reader
from homestretch.store.queries import conversations as talks
from homestretch.store.queries.conversations import StoredMessage
from homestretch.store.scope import Scope
from homestretch.views.coach.texts.texts import with_facts

#: The most conversations of a list.
MOST_TALKS = 100


def conversations(reader: Reader, scope: Scope) -> Conversations:
    """Return conversations, the newest first."""
    scope.must("coach: read")
    rows = talks.conversations_of(reader, scope, MOST_TALKS)
    return {
        "items": [
            ConversationItem(id=row.public_id, title=row.title, created_at=iso(row.created_ms), messages=count)
            for row, count in rows
        ]
    }


def conversation(reader: Reader, scope: Scope, public_id: str) -> Conversation:
    """Return a conversation with its messages. Raises NotFound."""
    scope.must("coach: read")
    found = talks.find_conversation(reader, scope, public_id)
    rows = talks.messages_of(reader, found.id)
    return Conversation(
        id=found.public_id,
        title=found.title,
        created_at=iso(found.created_ms),
        messages=[message_document(row) for row in rows],
    )


def message_document(row: StoredMessage) -> ChatMessage:
    """Return a message as pages show it."""
    document = cast(ChatMessage, row.document)
    facts = document.get("facts", {})
    return ChatMessage(
        id=str(row.id),
        author=row.author,  # type: ignore[typeddict-item]
        text=with_facts(row.text, facts) if row.author == "model" else row.text,
        source=row.text if row.author == "model" else "",
        facts=facts,
        tools=document.get("tools", []),
        proposals=document.get("proposals", []),
        links=document.get("links", []),
        state="done" if row.state == "done" else "interrupted",
        reason=row.why,
        why=None if row.why is None else SENTENCES.get(row.why),
        model=row.model,
        call=row.call,
        would_send=document.get("would_send"),
        created_at=iso(row.created_ms),
    )
