"""An endpoint of language models, a request to it, and the reply: what other rooms know of language models."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from homestretch.net.reach import Reach

type Kind = Literal["openai", "openrouter", "ollama"]
#: How a model gives an answer with a schema: by a tool call, by the endpoint's own JSON mode, or as asked in words.
type OutputMode = Literal["tool", "native", "prompted"]
type Trouble = Literal[
    "rate_limited", "credits", "key", "server", "slow", "unreachable", "address", "unknown_model", "rejected",
    "too_long", "filtered", "wrong_answer", "limit", "stopped",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where models are: the address that `/chat/completions` follows, the key (or none), and how far it may reach.

    `timeout_s` is how long an answer may take.
    """

    url: str
    key: str | None = field(repr=False)
    kind: Kind = "openai"
    output: OutputMode = "tool"
    reach: Reach = "public"
    timeout_s: float = 60.0


class Exchange(NamedTuple):
    """An earlier question of a conversation, and the answer to it."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Request[T]:
    """One request: the instructions, and the data as the user's message.

    `check` returns what is wrong with an answer, in sentences for the model, which then tries again once. A tool's name
    and docstring are shown to the model; each answer of a tool takes `tool_bytes` at most. `token_limit` is for all
    tokens of the request, tries and tools included; `max_tokens` for one answer.
    """

    model: str
    instructions: str
    data: str
    output: type[T]
    check: Callable[[T], Sequence[str]]
    tools: Sequence[Callable[..., object]] = ()
    history: Sequence[Exchange] = ()
    max_tokens: int = 3_000
    token_limit: int | None = None
    most_tool_calls: int = 6
    tool_bytes: int = 5_250


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no answer: what happened, the words of the endpoint, and after how many seconds to try again."""

    trouble: Trouble
    detail: str
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class Reply[T]:
    """What came of a request: a value or a failure, what was sent last (JSON), and what it took.

    `rejected` are the faults that the model was asked to mend, `faults` those that the value still has. `cost` is in
    US dollars, None where the endpoint does not say. `provider` is who computed the answer, as the endpoint says.
    """

    value: T | None
    failure: Failure | None = None
    sent: bytes = b""
    rejected: Sequence[str] = ()
    faults: Sequence[str] = ()
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None
    provider: str | None = None
