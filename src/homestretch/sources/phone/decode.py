"""Reads what apps of a phone sent: bytes in, measurements, spans, series and nights out."""

from collections.abc import Callable, Mapping

import orjson

from homestretch.model.health.measurement import Wellness
from homestretch.sources.phone import health_auto_export, health_connect

#: Goes up with every change of what `decode` returns; payloads are then decoded again.
VERSION = 1
#: What reads each kind of payload, by the app that sent it.
KINDS: Mapping[str, Callable[[Mapping[str, object], str], Wellness]] = {
    "health_connect": health_connect.read,
    "health_auto_export": health_auto_export.read,
}


def decode(kind: str, payload: bytes) -> Wellness:
    """Return what a message says; bad data gives notes and never raises.

    The kind is the app's, with a colon and the athlete's zone, by whose clock days begin. Notes: `unknown_kind`,
    `unreadable`, `unexpected:` with the app's name of what could not be read.
    """
    app, _, zone = kind.partition(":")
    try:
        body = orjson.loads(payload)
    except orjson.JSONDecodeError:
        body = None
    if app not in KINDS:
        return Wellness(notes=("unknown_kind",))
    if not isinstance(body, dict):
        return Wellness(notes=("unreadable",))
    return KINDS[app](body, zone or "UTC")


def app_of(body: object) -> str | None:
    """Return which app a message is from, by its shape; None for anything else."""
    if not isinstance(body, dict):
        return None
    if isinstance(body.get("data"), dict):
        return "health_auto_export"
    return "health_connect" if "timestamp" in body and "app_version" in body else None


def key_of(app: str, body: dict[str, object]) -> tuple[str, str | None]:
    """Return what a message is about, and its last day: a message with the same key is about the same.

    HC Webhook sends what is new since its last message, so each is kept. Health Auto Export repeats whole days, so the
    last of its messages about the same days holds.
    """
    if app == "health_connect":
        return str(body.get("timestamp"))[:40], None
    days = sorted(health_auto_export.days(body))
    return (f"{days[0]}/{days[-1]}", days[-1]) if days else ("", None)
