"""A field's value at a provider when its change was proposed, and whether it still is the same."""

import hashlib
from collections.abc import Mapping
from typing import Any

#: Marks a value of which only a digest is kept, where the terms forbid more.
_DIGEST = "digest"


def digest_only(value: Any) -> dict[str, str]:
    """Return what may be kept of a value that may not: enough to know it again, and no more."""
    return {_DIGEST: hashlib.blake2b(plain(value).encode(), digest_size=16).hexdigest()}


def is_digest(kept: Any) -> bool:
    """Return whether of a value no more was kept than its digest."""
    return isinstance(kept, Mapping) and _DIGEST in kept


def says(field: str, kept: Any, now: str) -> bool:
    """Return whether a field that says `now` still has the kept value.

    A sport without a kind stands for any kind, for a provider may have no word for the kind.
    """
    if is_digest(kept):
        return bool(kept == digest_only(now))
    if field == "sport":
        (sport, kind), (other, another) = (plain(one).partition("/")[::2] for one in (kept, now))
        return sport == other and (not kind or not another or kind == another)
    return plain(kept) == plain(now)


def plain(value: Any) -> str:
    """Return a text as it is compared: spaces are all alike, and nothing is an empty text."""
    return " ".join(str("" if value is None else value).split())
