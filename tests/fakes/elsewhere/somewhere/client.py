"""Somewhere, asked."""

from collections.abc import Mapping, Sequence
from typing import Any

from homestretch.net.budget import Calls
from homestretch.net.oauth import OAuth
from homestretch.net.secret import Secret, Vault
from homestretch.net.session import Http
from homestretch.sources.base import Answer, Entry, Listed, Person

OFFICE = OAuth("Somewhere", "https://somewhere.test/authorize", "https://somewhere.test/token", "read")


class SignIn:
    def __init__(self, calls: Calls) -> None:
        self.calls = calls

    def begin(self, way: str, answers: Mapping[str, str]) -> Secret:
        return OFFICE.begin(answers)

    def resume(self, state: Mapping[str, Any], answers: Mapping[str, str]) -> Secret:
        return OFFICE.resume(self.calls, state, answers)


class Client:
    def __init__(self, vault: Vault, calls: Calls) -> None:
        self.http = Http(calls, vault, OFFICE)

    def person(self) -> Person:
        self.http.get("https://somewhere.test/api/me")
        return Person("Wanda", "wanda")

    def activities(self, start: int, page: int, since: str | None) -> Listed:
        reply = self.http.get("https://somewhere.test/api/activities")
        return Listed(Answer("activities-0.json", "json", reply.body), ())

    def fetch(self, entry: Entry) -> Sequence[Answer]:
        return ()


def sign_in(calls: Calls) -> SignIn:
    return SignIn(calls)


def client(vault: Vault, person: Person, calls: Calls) -> Client:
    return Client(vault, calls)
