"""Charts over HTTP: several in one answer are what each would be alone, and a wrong question says what is wrong."""

import pytest

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.formats.fit.encode import encode
from tests.api.client import Client
from tests.formats import golden

ASKS = ("volume?kind=time&by=year", "fitness?from=2026-01-01&to=2026-05-31&sport=run", "zones?kind=split&by=month")


def test_several_are_what_each_is_alone(solo: Client) -> None:
    together = solo.get("/api/charts/frames", params={"ask": list(ASKS)})
    assert together.status_code == 200
    assert together.json()["items"] == [solo.get(f"/api/charts/{ask}").json() for ask in ASKS]


@pytest.mark.parametrize(
    ("ask", "status", "says"),
    [
        ("nothing", 404, "nothing"),
        ("volume?by=hour", 400, "by must be one of"),
        ("fitness?from=yesterday", 400, "from"),
        ("zones?sport=" + "x" * 99, 400, "sport"),
        ("", 404, "chart"),
    ],
)
def test_a_wrong_question_says_what_is_wrong(solo: Client, ask: str, status: int, says: str) -> None:
    answer = solo.get("/api/charts/frames", params={"ask": [ASKS[0], ask]})
    assert answer.status_code == status and says in answer.json()["detail"]


def test_charts_of_an_activity_are_of_what_it_recorded(solo: Client, decoders: Decoders) -> None:
    solo.upload(decoders, run_fit=encode(golden.run(1200)))
    (run,) = solo.get("/api/activities").json()["items"]
    asks = [f"histogram?kind={kind}&activity={run['id']}" for kind in ("heart_rate", "pace", "cadence")]
    asks.append(f"heart_relation?kind=pace&activity={run['id']}")
    for frame in solo.get("/api/charts/frames", params={"ask": asks}).json()["items"]:
        values = [value for line in frame["lines"] for value in line["values"] if value is not None]
        assert frame["x"]["values"] and sum(values) > 0, frame
        assert frame["key"] != "histogram" or sum(values) == pytest.approx(20.0, rel=0.05)
    for ask in (f"histogram?kind=grade&activity={run['id']}x", "heart_relation?activity=nowhere"):
        assert solo.get(f"/api/charts/{ask}").status_code == 404
    for ask in ("histogram", "heart_relation"):
        assert solo.get(f"/api/charts/{ask}").status_code == 400


def test_there_is_an_end_to_how_many(solo: Client) -> None:
    assert solo.get("/api/charts/frames").status_code == 422
    assert solo.get("/api/charts/frames", params={"ask": ["volume"] * 21}).status_code == 422
