"""An athlete's sinks and how far each one is, where days can be sent to, and what Prometheus fetches."""

from collections.abc import Mapping

from homestretch.model.documents.sinks import SinkDocument, SinkKinds, Sinks, SinkState
from homestretch.model.moment import iso
from homestretch.sinks import sinks
from homestretch.store.database import Reader
from homestretch.store.queries.sinks import StoredSink, changed_days, find_sink, sink_of_token, sinks_of
from homestretch.store.scope import Scope
from homestretch.views.sinks.samples import newest_samples, whole_until


def list_sinks(reader: Reader, scope: Scope, now_ms: int) -> Sinks:
    """Return an athlete's sinks, and how far each one is."""
    scope.must("sinks: read")
    return {"items": [_document(reader, scope, stored, now_ms) for stored in sinks_of(reader, scope.athlete_id)]}


def sink_document(reader: Reader, scope: Scope, public_id: str, now_ms: int) -> SinkDocument:
    """Return a sink. Raises NotFound."""
    scope.must("sinks: read")
    return _document(reader, scope, find_sink(reader, scope, public_id), now_ms)


def _document(reader: Reader, scope: Scope, stored: StoredSink, now_ms: int) -> SinkDocument:
    until = whole_until(reader, scope, now_ms)
    pending = changed_days(reader, scope.athlete_id, stored.cursor, stored.whole_until, until)
    return {
        "id": stored.public_id,
        "sink": stored.sink,
        "name": sinks()[stored.sink].name,
        "user": stored.user_label,
        "settings": _shown(stored),
        "has_password": stored.secret is not None,
        "kinds": list(stored.sent_kinds),
        "state": _state(stored),
        "reason": stored.reason,
        "retry_at": None if stored.retry_at_ms is None else iso(stored.retry_at_ms),
        "pushed_at": None if stored.pushed_ms is None else iso(stored.pushed_ms),
        "whole_until": stored.whole_until,
        "pending_days": 0 if sinks()[stored.sink].open is None else len(pending),
        "samples_sent": stored.samples,
    }


def _shown(stored: StoredSink) -> dict[str, str]:
    """Return the settings of a sink without those that are secret."""
    secret = {field.key for field in sinks()[stored.sink].fields if field.kind == "password"}
    return {key: text for key, text in stored.settings.items() if key not in secret}


def _state(stored: StoredSink) -> SinkState:
    if stored.paused:
        return "paused"
    if sinks()[stored.sink].open is None:
        return "fetched"
    states: Mapping[str, SinkState] = {"backed_off": "backed_off", "stopped": "stopped"}
    return states.get(stored.state, "ready")


def sink_kinds() -> SinkKinds:
    """Return everything that days can be sent to, with its settings."""
    return {
        "items": [
            {
                "key": sink.key,
                "name": sink.name,
                "fields": [
                    {
                        "key": field.key,
                        "title": field.title,
                        "kind": field.kind,
                        "help": field.help,
                        "default": field.default or "",
                        "required": field.required,
                        "choices": [{"value": value, "title": title} for value, title in field.choices],
                    }
                    for field in sink.fields
                ],
            }
            for sink in sinks().values()
        ]
    }


def health_metrics(reader: Reader, token_hash: str, now_ms: int) -> str | None:
    """Return the newest whole day's values for Prometheus, by the digest of a sink's token; None for another token."""
    from homestretch.sinks.prometheus import exposition

    stored = sink_of_token(reader, token_hash)
    if stored is None:
        return None
    return exposition(newest_samples(reader, stored, now_ms), stored.user_label)
