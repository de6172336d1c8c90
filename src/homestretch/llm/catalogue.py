"""Asks an endpoint which models it has."""

from typing import Literal, NamedTuple

import orjson

from homestretch.errors import HomestretchError
from homestretch.llm.endpoint import Endpoint, Failure, Trouble
from homestretch.net.budget import Unreachable
from homestretch.net.deliver import Delivery

#: So many names are kept of those that an endpoint lists; OpenRouter has some hundreds.
MOST = 2_000
_REFUSED: dict[int, Trouble] = {401: "key", 402: "credits", 403: "key", 404: "rejected"}


class Catalogue(NamedTuple):
    """The names of an endpoint's models, or why they are not known."""

    models: tuple[str, ...]
    failure: Failure | None


def catalogue(endpoint: Endpoint) -> Catalogue:
    """Return the models of an endpoint, by name. Never raises for what it does."""
    delivery = Delivery("The model's service", endpoint.url, reach=endpoint.reach)
    headers = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
    try:
        reply = delivery.ask("GET", "/models", headers=headers)
    except Unreachable as error:
        words = str(error).replace(endpoint.key, "…") if endpoint.key else str(error)
        return Catalogue((), Failure(_trouble(words), words))
    except HomestretchError as error:
        return Catalogue((), Failure("address", str(error)))
    if reply.status != 200:
        return Catalogue((), Failure(_REFUSED.get(reply.status, "server"), f"{reply.status} at /models"))
    names = _names(reply.body)
    return Catalogue((), Failure("server", "There is no list of models at /models")) if names is None else names


def _trouble(reason: str) -> Literal["server", "unreachable"]:
    return "server" if " at /models" in reason else "unreachable"


def _names(body: bytes) -> Catalogue | None:
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    rows = found.get("data") if isinstance(found, dict) else None
    if not isinstance(rows, list):
        return None
    names = {str(row["id"]) for row in rows if isinstance(row, dict) and isinstance(row.get("id"), str)}
    return Catalogue(tuple(sorted(names))[:MOST], None)
