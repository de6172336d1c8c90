"""The real web door in this process, with a client that holds every answer against what the API declares."""

from collections.abc import Iterator

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from homestretch.app import App
from homestretch.flow.accounts import passwords
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.runtime.context import Context
from tests.api.asking import ids_of
from tests.api.client import Client


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords in no time; argon2 takes its time on purpose."""
    quick = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
    monkeypatch.setattr(passwords, "_hasher", lambda: quick)


@pytest.fixture
def app(context: Context) -> App:
    """The App of a server without jobs, on each of the two databases."""
    return App(context)


@pytest.fixture
def sqlite_app(sqlite_context: Context) -> App:
    """The App of a server without jobs, where the database makes no difference."""
    return App(sqlite_context)


@pytest.fixture
def anna(app: App) -> Iterator[Client]:
    """The administrator, signed in."""
    with Client(app) as client:
        client.set_up("anna")
        yield client


@pytest.fixture
def solo(sqlite_app: App) -> Iterator[Client]:
    """The administrator, signed in, where the database makes no difference."""
    with Client(sqlite_app) as client:
        client.set_up("anna")
        yield client


@pytest.fixture
def ids(anna: Client, decoders: Decoders) -> dict[str, str]:
    """The ids of what is Anna's, by the name of the parameter that takes them."""
    return ids_of(anna, decoders)
