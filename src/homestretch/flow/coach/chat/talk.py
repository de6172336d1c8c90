"""Answers a question: a model from tools that only read, or code by a search; each message is kept."""

import queue
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

from homestretch.coach.writing.claims import Fault, references, render
from homestretch.coach.writing.context import ContextTooLarge
from homestretch.coach.writing.facts import Facts
from homestretch.coach.writing.medicine import SENTENCES as MEDICAL
from homestretch.coach.writing.medicine import matter_of
from homestretch.errors import HomestretchError, NotFound
from homestretch.flow.coach.chat import reading
from homestretch.flow.coach.chat.tools import Desk
from homestretch.flow.coach.model.ask import Asked, Outcome, stream
from homestretch.flow.coach.texts.checks import text_faults
from homestretch.flow.runtime.athlete_lock import lock_athlete
from homestretch.flow.runtime.context import Context, public_id
from homestretch.model.coach.text_reasons import SENTENCES
from homestretch.model.documents.coach_texts import ChatLink, ChatProposal, ToolUse
from homestretch.store.queries import conversations as stored
from homestretch.store.queries.model_settings import model_settings
from homestretch.store.scope import Scope

#: So many questions are answered at once; others wait for their turn no longer than this.
MOST_AT_ONCE, TURN_S = 4, 20.0
TITLE = 60
_turns = threading.BoundedSemaphore(MOST_AT_ONCE)
#: Nothing that a model does changes anything: it must not say that it did.
_CLAIMED = re.compile(
    r"\bi(?:['’]ve| have)? (?:just )?(?:changed|moved|dropped|deleted|removed|updated|saved|approved|applied|scheduled|"
    r"added|replaced|cancelled)\b"
)


class TooManyQuestions(HomestretchError):
    """Too many questions are being answered at once. Ask again in a moment."""

    status = 429


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an answer, as it is shown."""

    text: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of an answer: the conversation, and the row ids of question and answer in it."""

    conversation: str
    question: int
    answer: int


type Event = Part | ToolUse | Ended


@dataclass(slots=True)
class Made:
    """What an answer has become so far."""

    author: str = "model"
    text: str = ""
    facts: Facts = field(default_factory=dict)
    used: list[ToolUse] = field(default_factory=list)
    proposals: list[ChatProposal] = field(default_factory=list)
    links: list[ChatLink] = field(default_factory=list)
    state: str = "interrupted"
    why: str | None = None
    model: str | None = None
    call: int | None = None
    would_send: str | None = None


def answer(context: Context, scope: Scope, question: str, conversation: str | None = None) -> Iterator[Event]:
    """Answer a question: yields parts and uses of tools as they come, and the end once the answer is kept.

    Who stops asking for more ends the answer, of which what was shown is kept. Raises NotFound for a conversation that
    is not there, and TooManyQuestions.
    """
    scope.must("coach: edit")
    if not _turns.acquire(timeout=TURN_S):
        raise TooManyQuestions
    try:
        name, row, asked, earlier = _begin(context, scope, question, conversation)
        made = Made()
        try:
            yield from _parts(context, scope, question, earlier, made)
        finally:
            kept = _keep(context, row, made)
        yield Ended(name, asked, kept)
    finally:
        _turns.release()


def _begin(
    context: Context, scope: Scope, question: str, conversation: str | None
) -> tuple[str, int, int, list[tuple[str, str]]]:
    """Keep the question; return its conversation, their row ids, and what was said before."""
    now, name = context.clock(), conversation or public_id()
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        earlier: list[tuple[str, str]] = []
        if conversation is None:
            title = " ".join(question.split())
            row = stored.put_conversation(session, scope, name, title[:TITLE] or "Question", now)
        else:
            row = stored.find_conversation(session, scope, conversation).id
            earlier = [(one.author, _plain(one)) for one in stored.messages_of(session, row, 6)]
        message = {"author": "athlete", "text": question, "document": {}, "state": "done"}
        asked = stored.put_message(session, row, message, now)
    return name, row, asked, earlier


def _plain(message: stored.StoredMessage) -> str:
    """Return what a message said, with its numbers; untrusted names of facts stay what they are: words."""
    if message.author != "model":
        return message.text
    facts = message.document.get("facts", {})
    assert isinstance(facts, dict)
    return render(message.text, facts)


def _parts(
    context: Context, scope: Scope, question: str, earlier: list[tuple[str, str]], made: Made
) -> Iterator[Event]:
    matter = matter_of(question)
    if matter is not None:
        made.author, made.text, made.why, made.state = "code", MEDICAL[matter], "medicine", "done"
        yield Part(made.text)
        return
    with context.database.read() as reader:
        settings = model_settings(reader)
        given = reading.given_for(context, reader, scope, reading.units_of(reader, scope), "en")
        try:
            sent = reading.build(reading.question_context(given, question, earlier))
        except ContextTooLarge:
            sent, made.why = None, "too_large"
    outcome: Outcome[str] | None = None
    if sent is not None:
        author = "model" if settings is None or not settings.models else f"model:{settings.models[0].name}"
        for event in _asked(context, scope, given, sent, author, made):
            if isinstance(event, Outcome):
                outcome = event
            else:
                yield event
    if outcome is not None:
        made.why, made.call, made.model = outcome.why, outcome.call, outcome.model
        made.would_send = outcome.would_send
    if made.text:
        made.state = "interrupted" if made.why is not None else "done"
        return
    yield _by_code(context, scope, question, made)


def _asked(
    context: Context, scope: Scope, given: reading.Given, sent: reading.Sent, author: str, made: Made
) -> "Iterator[Event | Outcome[str]]":
    """Yield the sentences of a model as they pass, and the uses of tools as they happen; last the outcome."""
    events: queue.SimpleQueue[Event | Outcome[str] | BaseException | str] = queue.SimpleQueue()
    desk = Desk(context, scope, given, author, events.put, used=made.used, proposals=made.proposals)
    unwanted = threading.Event()
    asked = Asked(
        action="question",
        sent=sent,
        output=str,
        check=lambda sentence: sentence_faults(sentence, {**sent.facts, **desk.facts}),
        tools=desk.tools(),
    )

    def work() -> None:
        try:
            for piece in stream(context, scope, asked):
                events.put(piece)
                if unwanted.is_set():
                    return
        except BaseException as error:
            events.put(error)

    threading.Thread(target=work, name="question", daemon=True).start()
    try:
        while True:
            event = events.get()
            if isinstance(event, BaseException):
                raise event
            if isinstance(event, str):
                facts = {**sent.facts, **desk.facts}
                made.text += event
                made.facts |= {name: facts[name] for name in references(event)}
                yield Part(render(event, facts))
                continue
            yield event
            if isinstance(event, Outcome):
                return
    finally:
        unwanted.set()


def sentence_faults(sentence: str, facts: Facts) -> list[Fault]:
    """Return what is wrong with a sentence of an answer."""
    found = text_faults(sentence, facts)
    if _CLAIMED.search(sentence.casefold()):
        found.append(Fault("claimed_change", "Nothing was changed by you. Say that a proposal waits for approval."))
    return found


def _by_code(context: Context, scope: Scope, question: str, made: Made) -> Part:
    """Return what code answers: why no model does, what a word means, and pages and activities to look at."""
    words = re.findall(r"[^\W_]+", question.casefold())[:60]
    with context.database.read() as reader:
        made.links = reading.found_links(reader, scope, words)
    meaning = next((found for word in words if (found := _meaning(word))), "")
    why = SENTENCES[made.why] if made.why is not None else ""
    where = "These pages and activities have something to do with it." if made.links else ""
    made.author, made.state = "code", "done"
    made.text = " ".join(one for one in (why, meaning, where) if one) or "Nothing was found."
    return Part(made.text)


def _meaning(word: str) -> str:
    """Return what a metric is, of a word that names one; "" for others."""
    try:
        found = reading.tool_metric(word)
    except NotFound:
        return ""
    known = ", ".join(found["also_known_as"])
    unit = f" in {found['unit']}" if found["unit"] else ""
    return f"{found['name']}{f' ({known})' if known else ''} is a metric{unit}."


def _keep(context: Context, row: int, made: Made) -> int:
    """Keep the answer with the facts that it names; return its row id."""
    document: dict[str, object] = {
        "facts": made.facts,
        "tools": made.used,
        "proposals": made.proposals,
        "links": made.links,
    }
    if made.would_send is not None:
        document["would_send"] = made.would_send
    values = {
        "author": made.author,
        "text": made.text.strip(),
        "document": document,
        "state": made.state,
        "why": made.why,
        "model": made.model if made.author == "model" else None,
        "call": made.call,
    }
    with context.database.write() as session:
        return stored.put_message(session, row, values, context.clock())


def remove(context: Context, scope: Scope, conversation: str) -> None:
    """Remove a conversation. Raises NotFound."""
    scope.must("coach: edit")
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        stored.remove_conversation(session, scope, conversation, context.clock())
