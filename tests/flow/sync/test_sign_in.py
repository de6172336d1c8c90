"""Sign-in under attack: what is hashed, how many tries there are, whose name is whose, and who owns what."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count

import pytest
from sqlalchemy import select

from homestretch.errors import Conflict
from homestretch.flow.accounts import passwords
from homestretch.flow.accounts.accounts import (
    FREE_TRIES,
    LONGEST_WAIT_MS,
    Caller,
    TooManyTries,
    WrongPassword,
    change_password,
    create_account,
    remove_account,
    set_up,
    sign_in,
)
from homestretch.flow.runtime.context import Context
from homestretch.store.tables.kept import grants

PASSWORD = "long enough"
HOUSE = "10.0.0.7"


class Hasher:
    """As quick as a test wants it; counts how often it is asked, and how many ask at once."""

    def __init__(self) -> None:
        self.asked, self.most, self._now = 0, 0, 0
        self._lock = threading.Lock()

    def hash(self, password: str) -> str:
        """Return what stands for the hash of a password."""
        self._work()
        return f"hash of {password}"

    def verify(self, password: str, hashed: str) -> bool:
        """Return whether a password is the one that was hashed."""
        self._work()
        return hashed == f"hash of {password}"

    def _work(self) -> None:
        with self._lock:
            self.asked += 1
            self._now += 1
            self.most = max(self.most, self._now)
        threading.Event().wait(0.01)
        with self._lock:
            self._now -= 1


@pytest.fixture
def hasher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hasher]:
    """Hashes in place of argon2."""
    made = Hasher()
    monkeypatch.setattr(passwords, "_hasher", lambda: made)
    passwords._nobody.cache_clear()
    yield made
    passwords._nobody.cache_clear()


def fails(context: Context, name: str, address: str = HOUSE) -> str:
    """Try a wrong password and return what was said."""
    with pytest.raises((WrongPassword, TooManyTries)) as said:
        sign_in(context, name, "wrong password", address=address)
    return type(said.value).__name__


def later(context: Context, ms: int) -> Context:
    """Return the same world so much later."""
    now = context.clock() + ms
    return replace(context, clock=lambda: now)


def test_a_second_set_up_is_refused_before_anything_is_hashed(sqlite_context: Context, hasher: Hasher) -> None:
    set_up(sqlite_context, "anna", PASSWORD)
    before = hasher.asked
    with pytest.raises(Conflict):
        set_up(sqlite_context, "eve", PASSWORD)
    assert hasher.asked == before


def test_two_passwords_are_hashed_at_once_however_many_ask(sqlite_context: Context, hasher: Hasher) -> None:
    set_up(sqlite_context, "anna", PASSWORD)
    number = count()
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda _: fails(sqlite_context, f"nobody {next(number)}", f"10.0.1.{next(number)}"), range(24)))
    assert hasher.asked > 24 and hasher.most == 2


def test_many_guesses_at_once_are_no_more_than_one_after_the_other(context: Context, hasher: Hasher) -> None:
    set_up(context, "anna", PASSWORD)
    before = hasher.asked
    with ThreadPoolExecutor(12) as pool:
        said = list(pool.map(lambda n: fails(context, "anna", f"10.0.1.{n}"), range(60)))
    assert said.count("WrongPassword") == FREE_TRIES == hasher.asked - before


def test_failures_fade_and_a_success_is_none(sqlite_context: Context, hasher: Hasher) -> None:
    context = sqlite_context
    set_up(context, "anna", PASSWORD)
    for number in range(60):  # an old mistake of somebody else in the house
        context = later(context, LONGEST_WAIT_MS)
        fails(context, f"name {number}")
    for number in range(4 * FREE_TRIES - 2):
        fails(context, f"another {number}")
    assert sign_in(context, "anna", PASSWORD, address=HOUSE), "whoever knows the password gets in behind them"
    for _ in range(50):
        assert sign_in(context, "anna", PASSWORD, address=HOUSE)
    assert fails(context, "anna") == "WrongPassword"


def test_an_address_that_guesses_has_to_wait(sqlite_context: Context, hasher: Hasher) -> None:
    set_up(sqlite_context, "anna", PASSWORD)
    said = [fails(sqlite_context, f"name {number}") for number in range(4 * FREE_TRIES + 3)]
    assert said == ["WrongPassword"] * (4 * FREE_TRIES) + ["TooManyTries"] * 3
    assert sign_in(sqlite_context, "anna", PASSWORD, address="10.0.0.8"), "another one has not"


def test_an_unknown_name_costs_as_much_as_a_known_one(sqlite_context: Context, hasher: Hasher) -> None:
    """Who measures how long an answer takes does not learn which names there are."""
    set_up(sqlite_context, "anna", PASSWORD)
    fails(sqlite_context, "ghost")  # which makes, once, the hash that matches nothing
    asked = []
    for name in ("anna", "ghost", "anna", "nobody"):
        before = hasher.asked
        assert fails(sqlite_context, name) == "WrongPassword"
        asked.append(hasher.asked - before)
    assert asked == [1, 1, 1, 1]


def test_nobody_else_keeps_one_from_changing_ones_password(sqlite_context: Context, hasher: Hasher) -> None:
    caller = Caller(set_up(sqlite_context, "anna", PASSWORD), "anna", is_admin=True)
    for _ in range(9):
        fails(sqlite_context, "anna", "")
    change_password(sqlite_context, caller, PASSWORD, "another long one")
    said = []
    for _ in range(8):
        with pytest.raises((WrongPassword, TooManyTries)) as refused:
            change_password(sqlite_context, caller, PASSWORD, "a third long one")
        said.append(type(refused.value).__name__)
    assert said == ["WrongPassword"] * FREE_TRIES + ["TooManyTries"] * 3, "a stolen session is no way to guess it"


@pytest.mark.parametrize(("name", "same"), [("\u00dcnal", "\u00fcnal"), ("STRASSE", "straße"), ("\uff21nna", " anna ")])
def test_a_name_is_one_however_it_is_written(sqlite_context: Context, hasher: Hasher, name: str, same: str) -> None:
    set_up(sqlite_context, name, PASSWORD)
    assert sign_in(sqlite_context, same, PASSWORD, address=HOUSE)
    with pytest.raises(Conflict):
        create_account(sqlite_context, same, PASSWORD, is_admin=False)


def test_what_a_removed_account_had_falls_to_nobody(sqlite_context: Context, hasher: Hasher) -> None:
    set_up(sqlite_context, "anna", PASSWORD)
    ben = create_account(sqlite_context, "ben", PASSWORD, is_admin=True)
    with sqlite_context.database.read() as reader:
        of_ben = {row.athlete_id for row in reader.rows(select(grants).where(grants.c.account_id == ben))}
    remove_account(sqlite_context, ben)
    new = create_account(sqlite_context, "eve", PASSWORD, is_admin=True)
    with sqlite_context.database.read() as reader:
        of_eve = {row.athlete_id for row in reader.rows(select(grants).where(grants.c.account_id == new))}
    assert of_ben and of_eve and not of_ben & of_eve
