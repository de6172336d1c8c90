"""Makes one heart rate of each minute, in the shape of Google's own answer, where not every sample is to be kept.

A day has about 30,000 samples of 250 bytes each: 2.7 GB a year, of which the means are a hundredth.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import orjson

from homestretch.sources.google_health.reading.document import Document, member, number, of_type, points_in, utc_ms

MINUTE_MS = 60_000


def minute_means(pages: Sequence[Document]) -> bytes:
    """Return a page with the mean of the samples of each minute, at its beginning, with the offset of its first one.

    Names the number of samples, which distinguishes it from an answer of Google's.
    """
    sums: dict[int, list[float]] = {}
    offsets: dict[int, object] = {}
    samples = {
        at_ms: (value, member(rate, "sampleTime", "utcOffset"))
        for page in pages
        for _, rate in of_type(points_in(page), "heartRate")
        if (at_ms := utc_ms(member(rate, "sampleTime", "physicalTime"))) is not None
        and (value := number(rate.get("beatsPerMinute")))
    }
    for at_ms in sorted(samples):
        value, offset = samples[at_ms]
        minute = at_ms - at_ms % MINUTE_MS
        sums.setdefault(minute, []).append(value)
        offsets.setdefault(minute, offset)
    points = [_point(minute, sum(values) / len(values), offsets[minute]) for minute, values in sums.items()]
    return orjson.dumps({"dataPoints": points, "meanOfMinutes": {"samples": len(samples)}})


def _point(minute_ms: int, mean: float, offset: object) -> Document:
    at = datetime.fromtimestamp(minute_ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"heartRate": {"beatsPerMinute": round(mean, 1), "sampleTime": {"physicalTime": at, "utcOffset": offset}}}
