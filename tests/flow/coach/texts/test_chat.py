"""Questions: answered from tools that only read, sentence by sentence; what is for a doctor is code's to answer."""

import re

import pytest

from homestretch.errors import NotFound
from homestretch.flow.coach.chat import talk
from homestretch.flow.coach.chat.talk import Ended, Part
from homestretch.model.documents.coach_texts import ChatMessage
from homestretch.store.queries.plans import approved_version, versions_of
from homestretch.views.coach.texts.conversations import conversation, conversations
from tests.fakes.language_model.server import Breaks, Call, FakeModel, Text
from tests.flow.coach.texts.conftest import Ridden


def asked(ridden: Ridden, question: str, into: str | None = None) -> tuple[ChatMessage, list[talk.Event]]:
    """Ask, and return the answer as it is kept, and what was shown on the way."""
    events = list(talk.answer(ridden.context, ridden.scope, question, into))
    end = events[-1]
    assert isinstance(end, Ended)
    with ridden.context.database.read() as reader:
        found = conversation(reader, ridden.scope, end.conversation)
    assert found["messages"][-1]["id"] == str(end.answer) and found["messages"][-2]["text"] == question
    return found["messages"][-1], events


def reference(body: dict[str, object], unit: str) -> str:
    """Return the reference of the first value of a unit in the answers of tools."""
    found = re.search(rf"(\{{m:\d+\}})=\d+ {unit}", str(body["messages"]))
    assert found is not None
    return found[1]


def test_an_answer_from_tools(ridden: Ridden, fake: FakeModel) -> None:
    fake.script = [
        Call("activities", {}),
        Call("activity", {"id": ridden.activity}),
        lambda body: Text(f"Your ride had {reference(body, 'W')} of power. It had 999 W at most. Well done."),
    ]
    answer, events = asked(ridden, "How hard was my last ride?")
    assert answer["author"] == "model" and answer["state"] == "done"
    assert "999" not in answer["text"] and "of power. Well done." in answer["text"], "only what passes is shown"
    assert [one["tool"] for one in answer["tools"]] == ["activities", "activity"] and all(
        one["ok"] for one in answer["tools"]
    )
    assert next(iter(answer["facts"].values()))["u"] == "W" and answer["call"] is not None
    shown = "".join(one.text for one in events if isinstance(one, Part))
    assert shown.strip() == answer["text"].strip()
    # What was said before goes along with the next question, as data.
    fake.script = [Text("It was fine.")]
    with ridden.context.database.read() as reader:
        (item,) = conversations(reader, ridden.scope)["items"]
    asked(ridden, "And was that too much?", item["id"])
    assert "n:earlier.2" in str(fake.asked[-1]["messages"])
    with pytest.raises(NotFound):
        list(talk.answer(ridden.context, ridden.scope, "?", "nowhere"))


def test_another_s_activity_is_not_found(ridden: Ridden, fake: FakeModel) -> None:
    fake.script = [Call("activity", {"id": "ofsomebodyel"}), Text("That isn't in Homestretch.")]
    answer, _ = asked(ridden, "What about activity ofsomebodyel?")
    assert answer["text"] == "That isn't in Homestretch." and answer["tools"][0]["ok"] is False


def test_a_proposal_waits(ridden: Ridden, fake: FakeModel) -> None:
    with ridden.context.database.read() as reader:
        base = approved_version(reader, ridden.scope)
        assert base is not None
        last = [one for week in base.document["weeks"] for day in week["days"] for one in day["sessions"]][-1]
    change = {"op": "drop", "session": last["id"], "why": "Less of it."}
    fake.script = [
        Call("propose_changes", change), Call("propose_changes", change),
        Text("I have dropped it. A proposal waits for your approval."),
    ]  # fmt: skip
    answer, _ = asked(ridden, "Leave the last session out")
    assert answer["text"] == "A proposal waits for your approval.", "nothing was changed, so nothing says so"
    (made,) = answer["proposals"]
    assert [one["ok"] for one in answer["tools"]] == [True, False], "one proposal for a question"
    with ridden.context.database.read() as reader:
        now = approved_version(reader, ridden.scope)
        assert now is not None and now.version == base.version
        newest = versions_of(reader, ridden.scope, made["plan"])[0]
        assert (newest.version, newest.status, newest.author) == (made["version"], "proposed", "model:small")


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Which dose of ibuprofen before the race?", "doctor"),
        ("I get chest pain on hills, what workout should I do?", "Stop training"),
        ("I fainted after my run. Can I train tomorrow?", "Stop training"),
        ("Should I take creatine?", "doctor"),
    ],
)
def test_what_is_for_a_doctor_is_not_asked(ridden: Ridden, fake: FakeModel, question: str, word: str) -> None:
    answer, _ = asked(ridden, question)
    assert fake.asked == [] and word in answer["text"] and (answer["author"], answer["reason"]) == ("code", "medicine")
    assert not any(sign.isdigit() for sign in answer["text"]) and answer["proposals"] == []


def test_advice_about_medicines_is_left_out(ridden: Ridden, fake: FakeModel) -> None:
    fake.script = [Text("Take ibuprofen before it. Rest first.")]
    answer, _ = asked(ridden, "What can I do about sore legs?")
    assert answer["text"] == "Rest first."


def test_an_answer_that_breaks_off_keeps_what_was_checked(ridden: Ridden, fake: FakeModel) -> None:
    fake.script = [Breaks("Rest is good. You held 300 W. And th")]
    answer, _ = asked(ridden, "What now?")
    assert (answer["text"], answer["state"], answer["reason"]) == ("Rest is good.", "interrupted", "interrupted")


def test_without_a_model_pages_and_activities_are_found(ridden: Ridden, fake: FakeModel) -> None:
    from homestretch.store.queries.model_settings import put_model_settings

    with ridden.context.database.write() as session:
        put_model_settings(session, None, 0)
    answer, _ = asked(ridden, "What does decoupling say of my ride?")
    assert answer["author"] == "code" and answer["reason"] == "off" and "No language model is set up" in answer["text"]
    assert "decoupling" in answer["text"].lower()
    assert "/activities" in str(answer["links"])
