"""A phone is never asked: it sends. What asks for activities gets none."""

from collections.abc import Mapping, Sequence

from homestretch.net.budget import RateLimitedClient, WrongCredentials
from homestretch.net.secret import Secret, SecretStore
from homestretch.sources.base import Answer, ItemPage, RemoteAccount, RemoteItem


class _SignIn:
    """There is no sign-in: a token of this server is the app's key."""

    def begin(self, method: str, answers: Mapping[str, str]) -> Secret:
        """Raise WrongCredentials: nothing here can be signed in to."""
        raise WrongCredentials(name="The phone")

    def resume(self, state: Mapping[str, object], answers: Mapping[str, str]) -> Secret:
        """Raise WrongCredentials: no question was asked."""
        raise WrongCredentials(name="The phone")


class _Client:
    def remote_account(self) -> RemoteAccount:
        """Return the phone, which needs no network."""
        return RemoteAccount("Phone", "phone", here=True)

    def activities(self, start: int, page: int, since: str | None) -> ItemPage:
        """Return no activities."""
        return ItemPage(Answer("activities", "json", b"[]"), ())

    def fetch(self, item: RemoteItem) -> Sequence[Answer]:
        """Return nothing."""
        return ()


def sign_in(calls: RateLimitedClient) -> _SignIn:
    """Return a sign-in that refuses everything."""
    return _SignIn()


def client(secret_store: SecretStore, remote_account: RemoteAccount, calls: RateLimitedClient) -> _Client:
    """Return a client that sends no request."""
    return _Client()
