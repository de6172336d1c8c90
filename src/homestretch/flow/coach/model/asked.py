"""A question to a language model, and its outcome."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from homestretch.coach.writing.claims import Fault
from homestretch.coach.writing.context import Action, Sent
from homestretch.llm.endpoint import Exchange
from homestretch.model.coach.model_reasons import SENTENCES, Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked[T]:
    """A question to a model: the facts that are sent, and the shape of the answer.

    `output` is a pydantic model, or str for prose. `check` returns what is wrong with an answer (with a sentence,
    where prose is streamed); the model tries again, knowing that. `tools` only read; each is called by its name
    with what its docstring and annotations say. `history` are the exchanges of the conversation before.
    """

    action: Action
    sent: Sent
    output: type[T]
    check: Callable[[T], Sequence[Fault]]
    tools: Sequence[Callable[..., object]] = ()
    history: Sequence[Exchange] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome[T]:
    """What a question came to: a value, or why there is not one.

    `faults` is what is still wrong with the value after the second try: leave out the points that have them. `call` is
    the row that says what was sent, also of a cached answer. `would_send` is the JSON that is sent once the athlete
    agreed (`not_agreed`), and `endpoint` where to. `retry_at_ms`: not before that.
    """

    value: T | None = None
    why: Why | None = None
    call: int | None = None
    cached: bool = False
    faults: Sequence[Fault] = ()
    model: str | None = None
    would_send: str | None = None
    endpoint: str | None = None
    retry_at_ms: int | None = None

    @property
    def sentence(self) -> str:
        """Why there is no value, for the athlete; empty where there is one."""
        return "" if self.why is None else SENTENCES[self.why]
