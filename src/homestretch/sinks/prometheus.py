"""Prometheus fetches the newest values itself, from /metrics/health, with a token that opens nothing else."""

from collections.abc import Iterator, Sequence

from homestretch.model.health.sample import Sample
from homestretch.sinks.base import Sink
from homestretch.sinks.names import OWN, Naming, series_text

DAY = "homestretch_health_day_timestamp_seconds"


def exposition(samples: Sequence[Sample], user: str) -> str:
    """Return the newest whole day's values as gauges without stamps (text exposition format 0.0.4), with their day."""
    return "".join(f"{line}\n" for line in _lines(samples, user))


def _lines(samples: Sequence[Sample], user: str) -> Iterator[str]:
    points = sorted(Naming(OWN, user).points(samples), key=lambda point: (point.name, point.labels))
    previous = ""
    for point in points:
        if point.name != previous:
            yield f"# TYPE {point.name} gauge"
        previous = point.name
        yield f"{series_text(point.name, point.labels)} {point.value!r}"
    if samples:
        yield f"# TYPE {DAY} gauge"
        yield f"{series_text(DAY, (('user', user),))} {samples[0].at_ms // 1000}"


SINK = Sink("prometheus", "Prometheus")
