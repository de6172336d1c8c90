"""What views answer is what the documents of `model` say: each kind of document is asked for with something in it."""

import json
from typing import NotRequired, TypedDict

import numpy as np
import pytest
from pydantic import ValidationError

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.derive_pending import derive_pending
from homestretch.formats.fit.encode import encode
from homestretch.model.documents.collections import Page
from homestretch.model.recording import Recording
from homestretch.model.sport import Sport
from tests.api.client import Client, check_document
from tests.formats import golden

DAY_MS = 86_400_000
#: Seconds of the parts of a ride: an easy one, a hard one uphill, an easy one.
PARTS = (1200, 600, 300)


class Leaf(TypedDict):
    """A document to try the check on."""

    number: float
    name: NotRequired[str]


RIGHT = {"items": [{"number": 1.5, "name": "x"}, {"number": 2}], "next": None, "total": 2}


def test_a_document_as_declared_passes() -> None:
    check_document(Page[Leaf], json.dumps(RIGHT).encode())


@pytest.mark.parametrize(
    "change",
    [{"items": [{}]}, {"items": [{"number": 1, "more": 1}]}, {"items": [{"number": "1"}]}, {"more": 1}],
    ids=["missing", "undeclared", "of another type", "undeclared outside"],
)
def test_any_other_document_fails(change: dict[str, object]) -> None:
    with pytest.raises((ValidationError, AssertionError)):
        check_document(Page[Leaf], json.dumps(RIGHT | change).encode())


def ride(start_ms: int) -> Recording:
    """Return a ride north with power and heart rate, hard and uphill in its middle."""
    count = sum(PARTS)
    hard = np.repeat([0.0, 1.0, 0.0], PARTS)
    metres = 8.0 * np.arange(count)
    channels = {
        "latitude": 50.0 + metres / 111_195.0, "longitude": np.full(count, 15.0), "distance_m": metres,
        "altitude_m": 200.0 + np.cumsum(hard) * 0.4, "power_w": 150.0 + 130.0 * hard,
        "heart_rate_bpm": 120.0 + 40.0 * hard,
    }  # fmt: skip
    return Recording(
        sport=Sport("cycling"), start=golden.moment(start_ms), end_ms=start_ms + 1000 * count,
        time_ms=golden.times(count, start_ms), channels=golden.channels(channels),
    )  # fmt: skip


def test_everything_computed_is_as_declared(solo: Client, decoders: Decoders) -> None:
    """The client checks each answer; here it has something of everything."""
    for key, value in (("ftp_w", 250), ("max_hr_bpm", 190)):
        solo.put(f"/api/thresholds/{key}", json={"value": value, "valid_from": "2026-01-01"})
    rides = [ride(golden.START_MS), ride(golden.START_MS + DAY_MS)]
    solo.upload(decoders, **{f"{i}_fit": encode(one) for i, one in enumerate(rides)})
    one, _ = (item["id"] for item in solo.get("/api/activities").json()["items"])
    solo.post("/api/segments", json={"name": "Hill", "activity": one, "start_s": 1200, "end_s": 1800})
    derive_pending(solo.served.context, int(solo.get("/api/session").json()["athletes"][0]["id"]), decoders)

    analysis = solo.get(f"/api/activities/{one}/analysis").json()
    assert [name for name, value in analysis.items() if not value] == ["measuring"]
    assert {"power", "heart_rate", "split"} <= analysis["zones"].keys()
    records = solo.get("/api/records").json()
    assert records["items"] and records["totals"] and records["details"]["streak_days"] == 2
    curve = solo.get("/api/charts/curve", params={"sport": "ride", "kind": "power", "to": "2026-06-01"}).json()
    assert curve["details"]["sport"] == "ride" and curve["lines"]
    form = solo.get("/api/charts/fitness", params={"to": "2026-06-01"}).json()
    assert form["details"].keys() == {"zone", "form", "fitness", "fatigue"} and form["bands"]
