"""Texts and questions through the API, without a model: code writes and answers, and says that none is set up."""

import json

from homestretch.flow.coach.texts.make import due_texts
from homestretch.flow.coach.texts.write import write
from tests.api.client import Client


def test_a_text_waits_until_it_is_written(solo: Client) -> None:
    made = solo.post("/api/coach/texts", json={"kind": "week"})
    assert made.status_code == 202 and made.json()["state"] == "waiting"
    again = solo.post("/api/coach/texts", json={"kind": "week"}).json()
    assert again["id"] == made.json()["id"], "one that waits for the same is that one"
    context = solo.served.context
    for athlete, text in due_texts(context):
        write(context, athlete, text)
    found = solo.get(f"/api/coach/texts/{again['id']}").json()
    assert (found["state"], found["by"], found["reason"]) == ("done", "code", "off") and found["points"]
    assert [one["id"] for one in solo.get("/api/coach/texts?kind=week").json()["items"]] == [again["id"]]
    decision = solo.post(f"/api/coach/texts/{again['id']}/decision", json={"decision": "approve"})
    assert decision.status_code == 400 and "suggests no changes" in decision.text


def test_what_is_no_text_is_said(solo: Client) -> None:
    for body in ({"kind": "poem"}, {"kind": "workout"}, {"kind": "rules", "words": "  "}, {}):
        assert solo.post("/api/coach/texts", json=body).status_code == 422, body
    assert solo.post("/api/coach/texts", json={"kind": "workout", "activity": "nowhere"}).status_code == 404
    assert solo.post("/api/coach/texts", json={"kind": "explanation"}).status_code == 400


def test_a_question_and_its_stream(solo: Client) -> None:
    answered = solo.post("/api/coach/chat", json={"text": "What is my decoupling?"}).json()
    assert answered["answer"]["author"] == "code" and answered["answer"]["reason"] == "off"
    conversation = answered["conversation"]
    sent = solo.post("/api/coach/chat/stream", json={"text": "I have chest pain", "conversation": conversation})
    assert sent.headers["content-type"].startswith("text/event-stream")
    events = [json.loads(line.removeprefix("data: ")) for line in sent.text.splitlines() if line]
    assert [next(iter(one)) for one in events] == ["part", "answer"]
    assert "medical help" in events[0]["part"] and events[1]["answer"]["answer"]["reason"] == "medicine"
    messages = solo.get(f"/api/coach/chat/{conversation}").json()["messages"]
    assert [one["author"] for one in messages] == ["athlete", "code", "athlete", "code"]
    unknown = solo.post("/api/coach/chat/stream", json={"text": "?", "conversation": "nowhere"})
    assert unknown.status_code == 404
    assert solo.delete(f"/api/coach/chat/{conversation}").status_code == 204
    assert solo.get("/api/coach/chat").json()["items"] == []
