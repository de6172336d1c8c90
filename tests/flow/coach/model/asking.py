"""What tests of the language model stand on: an endpoint that is set up, a question, and waits that only count."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from pydantic import BaseModel

from homestretch.coach.writing.claims import Fault, Point, faults, references
from homestretch.coach.writing.context import Context as Facts
from homestretch.coach.writing.context import Sent, build
from homestretch.coach.writing.facts import fact
from homestretch.flow.coach.model.asked import Asked
from homestretch.flow.coach.model.sending import Patience
from homestretch.flow.runtime.context import Context
from homestretch.store.queries.model_calls import Agreement, put_agreement
from homestretch.store.queries.model_settings import ModelSettings, UsedModel, put_model_settings
from homestretch.store.scope import Scope

NOON = 1_796_126_400_000
POWER = fact(212.0, "W", "212 W", name="weighted power")


class Note(BaseModel):
    """An answer with a schema."""

    text: str


@dataclass
class Waits:
    """Waits that were asked for, in seconds; none takes any time."""

    seconds: list[float] = field(default_factory=list)

    def patience(self, longest_s: float = 60.0) -> Patience:
        """Return a patience that only counts."""
        return Patience(longest_s, self.seconds.append)


def at(context: Context, now: int = NOON) -> Context:
    """Return the context at an instant."""
    return replace(context, clock=lambda: now)


def set_up(context: Context, scope: Scope, url: str, *, agree: bool = True, **changes: Any) -> ModelSettings:
    """Set up an endpoint with the model `small`, to which the athlete agreed."""
    settings = ModelSettings(**{"url": url, "models": (UsedModel("small"),), "timeout_s": 5, **changes})
    with context.database.write() as session:
        put_model_settings(session, settings, context.clock())
        if agree:
            put_agreement(session, scope, Agreement(url, settings.names, context.clock()))
    return settings


def sent(today: str = "2026-12-02") -> Sent:
    """Return facts to send."""
    return build(Facts(action="workout_review", today=date.fromisoformat(today), facts={"m:power": POWER}))


def note_faults(value: Note) -> list[Fault]:
    """Return what is wrong with a note."""
    return prose_faults(value.text)


def prose_faults(text: str) -> list[Fault]:
    """Return what is wrong with a sentence."""
    return faults(Point(text, tuple(references(text))), {"m:power": POWER})


def a_note(**changes: Any) -> Asked[Note]:
    """Return a question for a note."""
    return Asked(**{"action": "workout_review", "sent": sent(), "output": Note, "check": note_faults, **changes})


def prose(**changes: Any) -> Asked[str]:
    """Return a question for prose."""
    return Asked(**{"action": "question", "sent": sent(), "output": str, "check": prose_faults, **changes})


def sentences(outcomes: Sequence[object]) -> list[str]:
    """Return the sentences of a stream."""
    return [one for one in outcomes if isinstance(one, str)]
