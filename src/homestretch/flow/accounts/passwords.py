"""Passwords: what may be one, and how they are hashed and checked."""

import hashlib
import secrets
import unicodedata
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from homestretch.errors import HomestretchError
from homestretch.files import read
from homestretch.store.queries.accounts import NO_PASSWORD

if TYPE_CHECKING:
    from pwdlib import PasswordHash

MIN_PASSWORD = 8
MAX_PASSWORD = 1024
#: Fewer different characters than this can be guessed by trying patterns.
MIN_DIFFERENT = 4
#: Only digits are guessed as dates and telephone numbers are, unless there are many.
MIN_DIGITS = 12
#: What lists of stolen passwords are full of; digits and signs around one of them add little.
GUESSED = frozenset(
    """abcdefgh admin administrator changeme garmin homestretch iloveyou letmein liverpool master monkey passwd password
    passwort princess qwerty qwertyui qwertyuiop qwertz qwertzui qwertzuiop root secret starwars strava sunshine
    superman test user welcome whatever""".split()  # noqa: SIM905
)
#: Marks of the 3,000 most used passwords that are long enough (scripts/common_passwords.py makes it).
COMMON_FILE = Path(__file__).with_name("common_passwords.txt")
MARK_LENGTH = 12
DIGITS_AND_SIGNS = "".join(map(chr, range(ord(" "), ord("A")))) + "[\\]^_`{|}~"
#: argon2 takes 64 MB for each password that it hashes or checks: at most so many at once.
_hashing = BoundedSemaphore(2)


class WeakPassword(HomestretchError):
    """This password is easy to guess: {reason}. Use a few unrelated words instead."""

    status = 400


class CommonPassword(WeakPassword):
    """This password is among the most used. Choose another."""


def hash_password(password: str, username: str) -> str:
    """Return the hash of a new password. Raises WeakPassword, CommonPassword."""
    if _is_common(password):
        raise CommonPassword
    if reason := _weakness(password, username):
        raise WeakPassword(reason=reason)
    with _hashing:
        return _hasher().hash(password)


def is_right(password: str, hashed: str | None) -> bool:
    """Return whether a password has this hash; without a hash the answer is no and costs as much time."""
    known = hashed is not None and hashed != NO_PASSWORD
    right = hashed if hashed is not None and known else _nobody()
    with _hashing:
        return _hasher().verify(password[:MAX_PASSWORD], right) and known


def folded(username: str) -> str:
    """Return a user name as it is compared: however it is capitalised, in whatever script."""
    return unicodedata.normalize("NFKC", username.strip()).casefold()


def common_mark(password: str) -> str:
    """Return the mark by which the list of the most used passwords knows one, however it is capitalised."""
    return hashlib.sha256(password.strip().casefold().encode()).hexdigest()[:MARK_LENGTH]


@cache
def _common() -> frozenset[str]:
    return frozenset(read(COMMON_FILE, 1_000_000).decode("ascii").split())


def _is_common(password: str) -> bool:
    return common_mark(password) in _common()


def _weakness(password: str, username: str) -> str | None:
    """Return why a password is refused, or None."""
    bare = password.strip().casefold()
    word = bare.strip(DIGITS_AND_SIGNS)
    if len(bare) < MIN_PASSWORD:
        return f"it has fewer than {MIN_PASSWORD} characters"
    if len(password) > MAX_PASSWORD:
        return f"it has more than {MAX_PASSWORD} characters"
    if len(set(bare)) < MIN_DIFFERENT:
        return "it repeats the same few characters"
    if word and word in _names(username):
        return "it is the user name"
    if word in GUESSED or (bare.isdigit() and len(bare) < MIN_DIGITS):
        return "it is a common password"
    return None


def _names(username: str) -> set[str]:
    """Return what an account is called, and the first part of the name where that is an e-mail address."""
    name = folded(username)
    return {one.strip(DIGITS_AND_SIGNS) for one in (name, name.partition("@")[0])}


@cache
def _hasher() -> "PasswordHash":
    from pwdlib import PasswordHash

    return PasswordHash.recommended()


@cache
def _nobody() -> str:
    """Return a hash that matches no password."""
    with _hashing:
        return _hasher().hash(secrets.token_urlsafe(32))
