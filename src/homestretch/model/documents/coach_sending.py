"""Documents about planned sessions at providers and in calendars. Days are ISO dates, lengths minutes, stamps UTC."""

from typing import Literal, TypedDict

#: What is different between a session and what was sent: nothing was, it has another day, another content, it is not in
#: the plan any more, nothing is, or it can't be sent.
type SendState = Literal["new", "moved", "changed", "removed", "same", "unsendable"]


class SessionPicture(TypedDict):
    """A session as a person compares it; `text` are its steps in words, `start` is HH:MM."""

    date: str
    start: str | None
    title: str
    sport: str
    minutes: int
    text: str


class SentDocument(SessionPicture):
    """A session as it is sent: `body` is the workout in the provider's format, `digest` is of all that is sent."""

    plan: str
    note: str
    indoor: bool
    body: str
    digest: str


class SendTarget(TypedDict):
    """A connection that sessions can be sent to."""

    connection: str
    source: str
    name: str
    label: str


class SessionToSend(TypedDict):
    """A session and a connection: what is there, what the plan says, and since when it is there.

    `reason` says why it can't be sent. `proposal` is the number of a proposal that waits or failed (`note` says why),
    with its state.
    """

    connection: str
    session: str
    state: SendState
    before: SessionPicture | None
    after: SessionPicture | None
    sent: str | None
    reason: str | None
    proposal: str | None
    proposal_state: str | None
    note: str | None


class Sending(TypedDict):
    """The sessions of the plan in force beside what is at providers; from today on."""

    plan: str | None
    version: int | None
    targets: list[SendTarget]
    items: list[SessionToSend]


class CalendarFeed(TypedDict):
    """The address of the calendar: since when there is one, and whether it has notes.

    `path` is only in the answer that makes it: it is not kept and never shown again.
    """

    made: str | None
    notes: bool
    path: str | None
