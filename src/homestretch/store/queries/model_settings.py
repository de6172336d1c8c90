"""Keeps and reads which language model the server uses, and why it is not asked at the moment."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, NamedTuple

from sqlalchemy import delete, select

from homestretch.store.database import Reader, Writer
from homestretch.store.tables.kept import settings

KEY, STOP_KEY = "model", "model_stop"


@dataclass(frozen=True, slots=True)
class UsedModel:
    """A model of the endpoint, with its prices in US dollars for a million tokens (None: not set)."""

    name: str
    price_in: float | None = None
    price_out: float | None = None


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """The endpoint, the models in the order they are asked, and limits; `key` is encrypted and in no repr.

    `kind` is openai, openrouter or ollama; `output` tool, native or prompted. `names`: whether names and notes may be
    sent. Limits are for each athlete and day (UTC); None: no limit. What was sent is kept for `keep_days`.
    """

    url: str
    kind: str = "openai"
    output: str = "tool"
    models: tuple[UsedModel, ...] = ()
    key: str | None = field(default=None, repr=False)
    tokens_a_day: int | None = 200_000
    usd_a_day: float | None = None
    keep_days: int = 30
    names: bool = False
    timeout_s: int = 60


class Stopped(NamedTuple):
    """Why no model is asked (key, credits or later), since when, and until when; None: until it is mended."""

    why: Literal["key", "credits", "later"]
    at_ms: int
    until_ms: int | None


def model_settings(reader: Reader) -> ModelSettings | None:
    """Return the settings of the model; None where none is set up."""
    found: Mapping[str, Any] | None = reader.scalar(select(settings.c.value).where(settings.c.key == KEY))
    if found is None:
        return None
    return ModelSettings(**{**found, "models": tuple(UsedModel(**one) for one in found["models"])})


def put_model_settings(session: Writer, new: ModelSettings | None, now: int) -> None:
    """Keep the settings of the model (None: no model), which may be asked again."""
    session.run(delete(settings).where(settings.c.key.in_((KEY, STOP_KEY))))
    if new is not None:
        session.put(settings, [{"key": KEY, "value": asdict(new), "set_ms": now}])


def stopped(reader: Reader, now: int) -> Stopped | None:
    """Return why no model is asked now, or None."""
    found = reader.scalar(select(settings.c.value).where(settings.c.key == STOP_KEY))
    if found is None:
        return None
    stop = Stopped(**found)
    return stop if stop.until_ms is None or stop.until_ms > now else None


def put_stop(session: Writer, stop: Stopped | None) -> None:
    """Keep why no model is asked; None: it may be asked again."""
    session.run(delete(settings).where(settings.c.key == STOP_KEY))
    if stop is not None:
        session.put(settings, [{"key": STOP_KEY, "value": stop._asdict(), "set_ms": stop.at_ms}])
