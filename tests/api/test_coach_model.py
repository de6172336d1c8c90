"""The language model over the API: set up by administrators, agreed to by athletes, every call shown to its owner."""

from collections.abc import Iterator

import pytest

from homestretch.flow.coach.model.ask import ask
from homestretch.store.scope import Scope
from tests.api.client import Client
from tests.fakes.language_model.server import FakeModel, Json
from tests.flow.coach.model.asking import a_note

KEY = "sk-very-secret-0123456789"
MODEL = "/api/coach/model"


@pytest.fixture
def fake() -> Iterator[FakeModel]:
    with FakeModel(KEY) as fake:
        yield fake


def test_from_nothing_to_an_answer_that_is_shown(anna: Client, fake: FakeModel) -> None:
    state = anna.get(MODEL).json()
    assert state["not_now"]["why"] == "off" and state["agreement"] is None and state["models"] == []
    body = {"url": fake.url, "key": KEY, "models": [{"name": "small"}]}
    made = anna.put(f"{MODEL}/settings", json=body)
    assert made.status_code == 200 and made.json()["settings"]["has_key"] is True
    fake.script = [Json({"answer": "ready"})]
    check = anna.post(f"{MODEL}/check").json()
    assert check["ok"] and check["models"] == ["small", "vendor/large"]

    scope = Scope(int(anna.get("/api/session").json()["athletes"][0]["id"]))
    refused = ask(anna.served.context, scope, a_note())
    assert refused.why == "not_agreed" and refused.endpoint == fake.url
    stale = anna.put(f"{MODEL}/agreement", json={"endpoint": "http://other/v1"})
    assert stale.status_code == 409
    agreed = anna.put(f"{MODEL}/agreement", json={"endpoint": refused.endpoint}).json()
    assert agreed["agreement"]["endpoint"] == fake.url and agreed["not_now"] is None

    fake.usual = Json({"text": "You rode at {m:power}."})
    ask(anna.served.context, scope, a_note())
    page = anna.get("/api/coach/calls").json()
    assert page["total"] == 1 and page["items"][0]["outcome"] == "done"
    call = anna.get(f"/api/coach/calls/{page['items'][0]['id']}").json()
    assert "weighted power" in call["sent"] and call["answer"] and call["attempts"][0]["trouble"] is None
    assert anna.get(MODEL).json()["spending"]["tokens"] == 250
    texts = [anna.get(path).text for path in (MODEL, f"{MODEL}/settings", "/api/settings", "/api/coach/calls")]
    assert all(KEY not in text for text in (*texts, str(call), made.text))
    assert anna.delete(f"{MODEL}/agreement").json()["agreement"] is None
    assert anna.delete(f"{MODEL}/settings").json()["settings"] is None


def test_calls_come_in_pages(solo: Client) -> None:
    from homestretch.store.queries.model_calls import begin_call

    scope = Scope(int(solo.get("/api/session").json()["athletes"][0]["id"]))
    row = {"action": "question", "endpoint": "x", "context_digest": "x", "outcome": "budget", "at_ms": 1, "ended_ms": 1}
    with solo.served.context.database.write() as session:
        made = [str(begin_call(session, scope, row)) for _ in range(5)]
    seen, cursor = [], None
    while True:
        page = solo.get("/api/coach/calls", params={"limit": 2, **({"cursor": cursor} if cursor else {})}).json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == made[::-1] and page["total"] == 5
    assert solo.get("/api/coach/calls", params={"cursor": "x"}).status_code == 400
    with solo.other("ben") as ben:
        assert ben.get("/api/coach/calls").json()["total"] == 0
        assert ben.get(f"/api/coach/calls/{made[0]}").status_code == 404
        assert ben.get(f"{MODEL}/settings").status_code == 403


def test_prompts_are_changed_by_administrators(solo: Client, fake: FakeModel) -> None:
    where = "/api/coach/prompts"
    solo.put(f"{MODEL}/settings", json={"url": fake.url, "key": KEY, "models": [{"name": "small"}]})
    made = solo.post(f"{where}/question", json={"text": "Be short.", "note": "shorter"})
    assert made.status_code == 201 and (made.json()["version"], made.json()["author"]) == (1, "anna")
    assert solo.post(f"{where}/question/1/activate", json={}).status_code == 409
    fake.script = [Json({"headline": "Yes", "points": []})]
    runs = solo.post(f"{where}/question/1/runs", json={})
    assert runs.status_code == 201 and runs.json()["items"][0]["model"] == "small"
    assert solo.post(f"{where}/question/1/activate", json={}).json()["active"] is True
    assert solo.get(f"{where}/question/diff").json()["lines"][-1].startswith(("+", "-"))
    assert solo.post(f"{where}/question/0/restore", json={}).json()["version"] == 2
    assert solo.post(f"{where}/nothing", json={"text": "x"}).status_code == 422
    with solo.other("ben") as ben:
        assert ben.get(where).status_code == 200
        assert ben.post(f"{where}/question", json={"text": "x"}).status_code == 403
