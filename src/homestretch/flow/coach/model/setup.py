"""Sets up the language model of the server: which endpoint, which models, limits. The key is kept encrypted."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, get_args
from urllib.parse import urlsplit

from pydantic import BaseModel

from homestretch.errors import BadRequest
from homestretch.flow.coach.model.endpoints import endpoint_of
from homestretch.flow.coach.model.sending import REASONS
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.secret_store import keys
from homestretch.flow.sinks.reach import reach_of_admins
from homestretch.llm.catalogue import catalogue
from homestretch.llm.endpoint import Failure, Kind, OutputMode, Request
from homestretch.model.coach.model_reasons import Why
from homestretch.net.reach import addresses
from homestretch.store.queries.model_settings import (
    ModelSettings,
    UsedModel,
    model_settings,
    put_model_settings,
    put_stop,
)

KINDS: tuple[Kind, ...] = get_args(Kind.__value__)
OUTPUTS: tuple[OutputMode, ...] = get_args(OutputMode.__value__)
MOST_MODELS, LONGEST_NAME, LONGEST_KEY = 20, 200, 4_000
OPENROUTER = "openrouter.ai"


@dataclass(frozen=True, slots=True)
class NewModelSettings:
    """What an administrator sets; a key of None stays as it is, an empty one is removed.

    `models` are names with the prices in US dollars for a million tokens in and out.

    Without a `kind` the address says which it is; without an `output` the kind does.
    """

    url: str
    models: Sequence[tuple[str, float | None, float | None]]
    key: str | None = None
    kind: Kind | None = None
    output: OutputMode | None = None
    tokens_a_day: int | None = 200_000
    usd_a_day: float | None = None
    keep_days: int = 30
    names: bool = False
    timeout_s: int = 60


def set_model(context: Context, new: NewModelSettings) -> ModelSettings:
    """Set up the model; from now on it may be asked for who agrees.

    A key that stays is given up where the address is another server's. Raises BadRequest, PrivateAddress,
    ReservedAddress.
    """
    url = _checked_url(context, new.url)
    kind = new.kind or _kind_of(url)
    settings = ModelSettings(
        url=url,
        kind=kind,
        output=new.output or ("native" if kind == "ollama" else "tool"),
        models=tuple(UsedModel(*one) for one in new.models),
        tokens_a_day=new.tokens_a_day,
        usd_a_day=new.usd_a_day,
        keep_days=new.keep_days,
        names=new.names,
        timeout_s=new.timeout_s,
    )
    _check(settings)
    with context.database.write() as session:
        before = model_settings(session)
        if new.key is not None:
            settings = replace(settings, key=_sealed(context, new.key))
        elif before is not None and _server(before.url) == _server(url):
            settings = replace(settings, key=before.key)
        put_model_settings(session, settings, context.clock())
    return settings


def remove_model(context: Context) -> None:
    """Forget the model and its key; agreements and calls stay."""
    with context.database.write() as session:
        put_model_settings(session, None, context.clock())


def _server(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def _sealed(context: Context, key: str) -> str | None:
    bare = key.strip()
    if len(bare) > LONGEST_KEY or not bare.isascii() or not bare.isprintable():
        raise BadRequest(reason="The key has characters that no key has. Copy it again.")
    return keys(context.settings).seal(bare) if bare else None


def _checked_url(context: Context, url: str) -> str:
    bare = url.strip().rstrip("/").removesuffix("/chat/completions")
    try:
        parts = urlsplit(bare)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise BadRequest(reason=f"{bare[:100]} is not an address.") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadRequest(reason="Enter an address that begins with http:// or https://.")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise BadRequest(
            reason="Enter the address without a user name, a password or a query. A key has its own field."
        )
    with contextlib.suppress(OSError):  # a name that leads nowhere yet is checked with each connection
        addresses(parts.hostname, port, reach_of_admins(context))
    return bare


def _kind_of(url: str) -> Kind:
    host = urlsplit(url).hostname or ""
    if host == OPENROUTER or host.endswith(f".{OPENROUTER}"):
        return "openrouter"
    return "ollama" if urlsplit(url).port == 11434 or host == "ollama" else "openai"


def _check(settings: ModelSettings) -> None:
    """Raise BadRequest for the first thing that can't be."""
    names = [one.name for one in settings.models]
    prices = [price for one in settings.models for price in (one.price_in, one.price_out)]
    for wrong, reason in (
        (settings.kind not in KINDS, f"The kind must be one of {', '.join(KINDS)}."),
        (settings.output not in OUTPUTS, f"The output mode must be one of {', '.join(OUTPUTS)}."),
        (len(names) > MOST_MODELS, f"There can be {MOST_MODELS} models at most."),
        (len(set(names)) < len(names), "A model is in the list twice."),
        (any(not _is_name(name) for name in names), "The name of a model can't be empty or have blanks."),
        (
            settings.kind == "openrouter" and any("/" not in name for name in names),
            "OpenRouter's models have the vendor before their name, such as vendor/model.",
        ),
        (any(price is not None and not 0 <= price <= 10_000 for price in prices), "A price is from 0 to 10000."),
        (
            settings.usd_a_day is not None and None in prices,
            "A limit in money needs the prices of all models. Enter 0 for a model that costs nothing.",
        ),
        (not 1 <= (settings.tokens_a_day or 1) <= 10**9, "Tokens a day are from 1 to a thousand million."),
        (not 0 <= (settings.usd_a_day or 0) <= 10_000, "Money a day is from 0 to 10000."),
        (not 1 <= settings.keep_days <= 3_650, "What was sent is kept from 1 to 3650 days."),
        (not 5 <= settings.timeout_s <= 600, "An answer may take from 5 to 600 seconds."),
    ):
        if wrong:
            raise BadRequest(reason=reason)


def _is_name(name: str) -> bool:
    return 0 < len(name) <= LONGEST_NAME and name.isprintable() and not any(sign.isspace() for sign in name)


class Greeting(BaseModel):
    """What a model answers to a test."""

    answer: str


class Check(NamedTuple):
    """What a test of the connection found: what is wrong (None: nothing) in which model, and the endpoint's models."""

    why: Why | None
    detail: str
    model: str | None
    models: Sequence[str]
    ms: int | None


def check_model(context: Context) -> Check:
    """Test the connection: list the endpoint's models, and let each model that is set say a word in a schema.

    Where all is well the models may be asked again, whatever stopped them before.
    """
    with context.database.read() as reader:
        settings = model_settings(reader)
    if settings is None:
        return Check("off", "", None, (), None)
    endpoint = endpoint_of(context, settings)
    listed = catalogue(endpoint)
    if listed.failure is not None and listed.failure.trouble in ("key", "credits", "address", "unreachable"):
        return _failed(listed.failure, None, ())
    if not settings.models:
        return Check("off", "Choose a model of the list.", None, listed.models, None)
    from homestretch.llm.client import run

    began = context.clock()
    for model in settings.models:
        request = Request(model.name, "You are tested.", "Answer with the word ready.", Greeting, lambda _: ())
        reply = run(endpoint, request)
        if reply.failure is not None:
            return _failed(reply.failure, model.name, listed.models)
    with context.database.write() as session:
        put_stop(session, None)
    return Check(None, "", settings.models[0].name, listed.models, context.clock() - began)


def _failed(failure: Failure, model: str | None, models: Sequence[str]) -> Check:
    return Check(REASONS[failure.trouble], failure.detail, model, models, None)
