"""Questions about recordings over the API: an answer names its edit, which is taken back and brought again."""

from dataclasses import replace

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.formats.fit.encode import encode
from homestretch.model.sport import Sport
from tests.api.client import Client
from tests.formats import golden


def test_an_answer_names_the_edit_that_takes_it_back(anna: Client, decoders: Decoders) -> None:
    swim = golden.pool_swim()
    gym = replace(golden.strength(), start=swim.start, end_ms=swim.end_ms)
    yoga = replace(gym, sport=Sport("training", "yoga"), sets=(), devices=())
    anna.upload(decoders, a_fit=encode(gym), b_fit=encode(yoga))
    (asked,) = anna.get("/api/matches").json()["items"]
    one, other = asked["a"]["recording"], asked["b"]["recording"]
    for said, count in (("one", 1), ("two", 2)):
        answer = anna.post("/api/matches", json={"pairs": [{"a": one, "b": other}], "answer": said})
        assert answer.status_code == 200
        (edit,) = answer.json()["edits"]
        assert anna.get("/api/activities").json()["total"] == count
        # Whichever file came in first names the activity; the other one's address leads there.
        shown = anna.get(f"/api/activities/{one}", follow_redirects=True).json()
        assert edit in [made["id"] for made in shown["edits"]]
        anna.post(f"/api/edits/{edit}/undo").raise_for_status()
        (again,) = anna.get("/api/matches").json()["items"]
        assert again["a"]["recording"] == one
        if said == "one":
            anna.post(f"/api/edits/{edit}/redo").raise_for_status()
            assert anna.get("/api/activities").json()["total"] == 1
            anna.post(f"/api/edits/{edit}/undo").raise_for_status()
    refused = anna.post("/api/matches", json={"pairs": [{"a": one, "b": one}], "answer": "one"})
    assert (refused.status_code, refused.json()["detail"]) == (400, "This activity has only one recording.")


def test_several_questions_are_answered_and_opened_again_at_once(anna: Client, decoders: Decoders) -> None:
    swim = golden.pool_swim()
    gym = replace(golden.strength(), start=swim.start, end_ms=swim.end_ms, sets=(), devices=())
    kinds = ("yoga", "pilates", "hiit")
    anna.upload(decoders, **{f"{kind}_fit": encode(replace(gym, sport=Sport("training", kind))) for kind in kinds})
    items = anna.get("/api/matches").json()["items"]
    asked = [{"a": item["a"]["recording"], "b": item["b"]["recording"]} for item in items]
    assert len(asked) == 3
    strange = anna.post("/api/matches", json={"pairs": [*asked, {"a": "nobody", "b": asked[0]["a"]}], "answer": "one"})
    assert strange.status_code == 404
    assert anna.get("/api/matches").json()["total"] == 3, "all are answered, or none"
    for said, count in (("two", 3), ("one", 1)):
        edits = anna.post("/api/matches", json={"pairs": asked, "answer": said}).json()["edits"]
        assert len(edits) == 3
        assert anna.get("/api/matches").json()["total"] == 0
        assert anna.get("/api/activities").json()["total"] == count
        lost = anna.post("/api/edits/undo", json={"edits": [*edits, "999999"]})
        assert lost.status_code == 404
        assert anna.get("/api/matches").json()["total"] == 0, "all are taken back, or none"
        many = [str(number) for number in range(10_000, 11_000)]  # as many as the answers to a full page may be
        assert anna.post("/api/edits/undo", json={"edits": many}).status_code == 404
        anna.post("/api/edits/undo", json={"edits": edits}).raise_for_status()
        assert anna.get("/api/matches").json()["total"] == 3
        assert anna.get("/api/activities").json()["total"] == 3
