"""Tables of the language model, all kept: prompts in versions, test runs, agreements, calls. Times are UTC ms."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from homestretch.store.tables.columns import Document, Key, kept_metadata

#: A prompt for an action and the models of a pattern (a name, `vendor/*` or `*`), of the whole server: each change is
#: the next version (from 1). `parent` is the version that it was made from; 0 is the built-in one, which is in no row.
prompts = Table(
    "prompts",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("action", Text, nullable=False),
    Column("pattern", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("parent", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("account_id", Key),
    Column("created_ms", BigInteger, nullable=False),
    UniqueConstraint("action", "pattern", "version"),
    sqlite_autoincrement=True,
)

#: Which version holds for an action and a pattern; none: a wider pattern's, or the built-in one.
prompt_active = Table(
    "prompt_active",
    kept_metadata,
    Column("action", Text, primary_key=True),
    Column("pattern", Text, primary_key=True),
    Column("prompt_id", Key, ForeignKey("prompts.id"), nullable=False),
    Column("account_id", Key),
    Column("since_ms", BigInteger, nullable=False),
)

#: A test run of a prompt's text with the data of an example: `document` is what came of it.
prompt_runs = Table(
    "prompt_runs",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("action", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("document", Document, nullable=False),
    Column("account_id", Key),
    Column("at_ms", BigInteger, nullable=False),
    Index(None, "sha256"),
    sqlite_autoincrement=True,
)

#: That data of an athlete may be sent to an endpoint; `names`: with names and notes.
model_agreements = Table(
    "model_agreements",
    kept_metadata,
    Column("athlete_id", Key, ForeignKey("athletes.id", ondelete="CASCADE"), primary_key=True),
    Column("endpoint", Text, nullable=False),
    Column("names", Boolean, nullable=False),
    Column("account_id", Key),
    Column("agreed_ms", BigInteger, nullable=False),
)

#: A call of a model, written before anything is sent. Until it has ended (`ended_ms`) its `reserved_tokens` and
#: `reserved_micros` (millionths of a US dollar) count as spent, also where its process died; then `tokens_in`,
#: `tokens_out` and `cost_micros` do. `sent` is the JSON that was sent last, `answer` what came back; both are deleted
#: after the time that is set. `outcome` is running, done, or why there is no answer. `rejected` are the faults that the
#: model was asked to mend, `attempts` what each request came to. A later request with the `cache_key` may use it.
model_calls = Table(
    "model_calls",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("athlete_id", Key, ForeignKey("athletes.id", ondelete="CASCADE"), nullable=False),
    Column("account_id", Key),
    Column("action", Text, nullable=False),
    Column("endpoint", Text, nullable=False),
    Column("model", Text),
    Column("provider", Text),
    Column("prompt_sha256", Text),
    Column("context_digest", Text, nullable=False),
    Column("cache_key", Text),
    Column("sent", Text),
    Column("answer", Text),
    Column("rejected", Document, nullable=False),
    Column("attempts", Document, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reserved_tokens", BigInteger, nullable=False),
    Column("reserved_micros", BigInteger, nullable=False),
    Column("tokens_in", BigInteger),
    Column("tokens_out", BigInteger),
    Column("cost_micros", BigInteger),
    Column("at_ms", BigInteger, nullable=False),
    Column("ended_ms", BigInteger),
    Index(None, "athlete_id", "at_ms"),
    Index(None, "athlete_id", "cache_key"),
    sqlite_autoincrement=True,
)
