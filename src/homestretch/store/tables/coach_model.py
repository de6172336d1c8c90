"""Tables of what a language model wrote for an athlete, all kept: texts, and conversations. Times are UTC ms."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text

from homestretch.store.tables.columns import Document, Key, kept_metadata

#: A text that was asked for: the review of a workout (`subject` is the key of a recording) or week (its Monday), the
#: explanation or a change of a version of a plan, or rules from words. `state` is waiting or done; `why` says why no
#: model wrote it. `document` is the text by references with the facts as they were. `call` is the row in model_calls.
#: `decision` is of the changes that it suggests, `made` the version of the plan that they made.
coach_texts = Table(
    "coach_texts",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("public_id", Text, nullable=False, unique=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text),
    Column("plan", Text),
    Column("version", Integer),
    Column("words", Text, nullable=False),
    Column("lang", Text, nullable=False),
    Column("units", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("retry_ms", BigInteger),
    Column("why", Text),
    Column("model", Text),
    Column("call", Key),
    Column("document", Document),
    Column("account_id", Key),
    Column("created_ms", BigInteger, nullable=False),
    Column("done_ms", BigInteger),
    Column("decision", Text),
    Column("decided_ms", BigInteger),
    Column("decided_by", Key),
    Column("made", Integer),
    Index(None, "athlete_id", "id"),
    Index(None, "state"),
    sqlite_autoincrement=True,
)

conversations = Table(
    "conversations",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("public_id", Text, nullable=False, unique=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("account_id", Key),
    Column("created_ms", BigInteger, nullable=False),
    Column("removed_ms", BigInteger),
    sqlite_autoincrement=True,
)

#: What the athlete asked (`author` athlete) and what was answered (model or code), by references with their facts.
#: `calls` are the tools that were asked; `state` is done or interrupted.
conversation_messages = Table(
    "conversation_messages",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("conversation_id", Key, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("author", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("document", Document, nullable=False),
    Column("state", Text, nullable=False),
    Column("why", Text),
    Column("model", Text),
    Column("call", Key),
    Column("created_ms", BigInteger, nullable=False),
    sqlite_autoincrement=True,
)
