"""The security log as it is shown."""

from typing import TypedDict

from homestretch.model.security.events import Kind, Method


class EventSubject(TypedDict):
    """An account or an athlete in an event; `name` is null once it is deleted, or where it is not yours to see."""

    name: str | None


class SecurityEvent(TypedDict):
    """An event: what was done `by` an account (null: by somebody who was not signed in, or on the server).

    `address` is a network, empty where it is not yours to see. `count` refusals of an hour are one event. `role`,
    `scope` (of a token), `provider`, `settings` and `sessions` (how many ended) are null where they say nothing.
    """

    id: str
    at: str
    kind: Kind
    method: Method
    by: EventSubject | None
    account: EventSubject | None
    athlete: EventSubject | None
    address: str
    count: int
    role: str | None
    scope: str | None
    provider: str | None
    settings: list[str] | None
    sessions: int | None
