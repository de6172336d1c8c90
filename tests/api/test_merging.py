"""Questions about recordings over the API: an answer names its edit, which is taken back and brought again."""

from dataclasses import replace

from homestretch.flow.decoders import Decoders
from homestretch.formats.fit.encode import encode
from homestretch.model.sport import Sport
from tests.api.client import Client
from tests.formats import golden


def test_an_answer_names_the_edit_that_takes_it_back(anna: Client, decoders: Decoders) -> None:
    swim = golden.pool_swim()
    gym = replace(golden.strength(), start=swim.start, end_ms=swim.end_ms)
    yoga = replace(gym, sport=Sport("training", "yoga"), sets=(), devices=())
    anna.upload(decoders, a_fit=encode(gym), b_fit=encode(yoga))
    (asked,) = anna.get("/api/reviews").json()["items"]
    one, other = asked["a"]["recording"], asked["b"]["recording"]
    for said, count in (("one", 1), ("two", 2)):
        answer = anna.post(f"/api/reviews/{one}/{other}", json={"answer": said})
        assert answer.status_code == 200
        edit = answer.json()["edit"]
        assert anna.get("/api/activities").json()["total"] == count
        # Whichever file came in first names the activity; the other one's address leads there.
        shown = anna.get(f"/api/activities/{one}", follow_redirects=True).json()
        assert edit in [made["id"] for made in shown["edits"]]
        anna.post(f"/api/edits/{edit}/undo").raise_for_status()
        (again,) = anna.get("/api/reviews").json()["items"]
        assert again["a"]["recording"] == one
        if said == "one":
            anna.post(f"/api/edits/{edit}/redo").raise_for_status()
            assert anna.get("/api/activities").json()["total"] == 1
            anna.post(f"/api/edits/{edit}/undo").raise_for_status()
    refused = anna.post(f"/api/reviews/{one}/{one}", json={"answer": "one"})
    assert (refused.status_code, refused.json()["detail"]) == (400, "This is one recording.")
