"""Somewhere, asked."""

from collections.abc import Mapping, Sequence
from typing import Any

from homestretch.net.budget import RateLimitedClient
from homestretch.net.oauth import OAuth
from homestretch.net.secret import Secret, SecretStore
from homestretch.net.session import Http
from homestretch.sources.base import Answer, ItemPage, RemoteAccount, RemoteItem

OAUTH = OAuth("Somewhere", "https://somewhere.test/authorize", "https://somewhere.test/token", "read")


class SignIn:
    def __init__(self, calls: RateLimitedClient) -> None:
        self.calls = calls

    def begin(self, way: str, answers: Mapping[str, str]) -> Secret:
        return OAUTH.begin(answers)

    def resume(self, state: Mapping[str, Any], answers: Mapping[str, str]) -> Secret:
        return OAUTH.resume(self.calls, state, answers)


class Client:
    def __init__(self, secret_store: SecretStore, calls: RateLimitedClient) -> None:
        self.http = Http(calls, secret_store, OAUTH)

    def remote_account(self) -> RemoteAccount:
        self.http.get("https://somewhere.test/api/me")
        return RemoteAccount("Wanda", "wanda")

    def activities(self, start: int, page: int, since: str | None) -> ItemPage:
        reply = self.http.get("https://somewhere.test/api/activities")
        return ItemPage(Answer("activities-0.json", "json", reply.body), ())

    def fetch(self, item: RemoteItem) -> Sequence[Answer]:
        return ()


def sign_in(calls: RateLimitedClient) -> SignIn:
    return SignIn(calls)


def client(secret_store: SecretStore, remote_account: RemoteAccount, calls: RateLimitedClient) -> Client:
    return Client(secret_store, calls)
