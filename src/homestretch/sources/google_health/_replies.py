"""What Google's replies mean: errors by their reasons, and documents."""

import orjson

from homestretch.net.budget import RateLimited, Reply, SignInAgain, UnexpectedResponse
from homestretch.sources.google_health.reading.document import Document
from homestretch.sources.google_health.source import SOURCE

NAME = SOURCE.name
#: The reasons of a 403 that are about one permission.
SCOPE_MISSING = frozenset({"ACCESS_TOKEN_SCOPE_INSUFFICIENT", "SCOPE_INSUFFICIENT"})
#: How the reasons begin where a filter is not taken.
BAD_FILTER = "INVALID_DATA_POINT_FILTER"
#: So long a project in which the interface is off is not asked again.
DISABLED_S = 900.0


class ServiceDisabled(RateLimited):
    """The Google Health API is off in your Google project. Open https://console.cloud.google.com, APIs & Services,
    Library, “Google Health API”, choose Enable, and sync again after a few minutes.
    """


class NotLinked(SignInAgain):
    """This Google account has no Fitbit or Google Health data ({reason}). Sign in again with the one that has."""


class OtherPerson(SignInAgain):
    """The sign-in is now of another Google Health account ({reason}). Sign in again with the first one, or connect the
    other one as a new source.
    """


def document(reply: Reply, what: str) -> Document:
    """Return the JSON object of a reply. Raises UnexpectedResponse for anything else."""
    found = _parsed(reply.body)
    if reply.status != 200 or not isinstance(found, dict):
        raise UnexpectedResponse(name=NAME, reason=reply.status if reply.status != 200 else "no JSON", what=what)
    return found


def reasons(reply: Reply) -> frozenset[str]:
    """Return why a request was refused, in Google's words: the status of the error and the reasons of its details."""
    body = _parsed(reply.body)
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict):
        return frozenset()
    details = error.get("details")
    named = [one.get("reason") for one in details if isinstance(one, dict)] if isinstance(details, list) else []
    return frozenset(str(word) for word in (error.get("status"), *named) if word)


def raise_for_setup(reply: Reply) -> None:
    """Raise ServiceDisabled or NotLinked where the project or the account is not set up.

    Raises RateLimited for a 403 without Google's own words: that is a gate-keeper before it.
    """
    words = reasons(reply)
    if reply.status == 403 and not words:
        raise RateLimited(name=NAME, reason="403 with a web page", after_s=None)
    if "SERVICE_DISABLED" in words:
        raise ServiceDisabled(name=NAME, after_s=DISABLED_S)
    if "ACCOUNT_NOT_LINKED" in words:
        raise NotLinked(name=NAME, reason="ACCOUNT_NOT_LINKED")


def _parsed(body: bytes) -> object:
    try:
        found: object = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return found
