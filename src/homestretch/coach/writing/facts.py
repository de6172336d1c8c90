"""What a language model may say something about: values by reference, each with its unit and why it is missing.

A reference begins with what it is of: m a metric, p a plan, d a day or week, r a rule, n a name.
"""

import math
import re
from typing import NotRequired, TypedDict

from homestretch.coach.writing.words import NAME, plain_words

REFERENCE = re.compile(r"[mpdrn]:[a-z0-9_.:-]{1,64}")
#: Why a value is missing.
REASONS = frozenset({"no_data", "no_threshold", "too_short", "blocked_by_terms", "private"})


class Fact(TypedDict):
    """A value `v` with its unit `u`, as `text` shows it, and its name `n`; null has a `why`.

    `partial`: something was left out of a sum. `untrusted`: words that the athlete or another wrote. A `delta` is the
    change from what came before to what came after; `lower_is_better` says which way is the better one.
    """

    v: float | str | None
    text: NotRequired[str]
    u: NotRequired[str]
    n: NotRequired[str]
    why: NotRequired[str]
    partial: NotRequired[bool]
    untrusted: NotRequired[bool]
    delta: NotRequired[bool]
    lower_is_better: NotRequired[bool]


type Facts = dict[str, Fact]


def fact(
    value: float | str | None,
    unit: str = "",
    text: str | None = None,
    *,
    name: str | None = None,
    why: str | None = None,
    partial: bool = False,
    delta: bool = False,
    lower_is_better: bool | None = None,
) -> Fact:
    """Return a fact; NaN and infinite numbers are missing, and a true zero stays zero.

    Raises ValueError for an unknown reason.
    """
    if isinstance(value, float) and not math.isfinite(value):
        value = None
    if value is None:
        if why is not None and why not in REASONS:
            raise ValueError(f"{why} is no reason. Use one of {', '.join(sorted(REASONS))}.")
        found: Fact = {"v": None, "why": why or "no_data"}
    else:
        value = value + 0.0 if isinstance(value, float) else value  # no negative zero
        found = {"v": value, "text": text if text is not None else _shown(value, unit)}
    if unit:
        found["u"] = unit
    if name is not None:
        found["n"] = name
    if partial:
        found["partial"] = True
    if delta:
        found["delta"] = True
    if lower_is_better is not None:
        found["lower_is_better"] = lower_is_better
    return found


def words_fact(text: str | None, most: int = NAME) -> Fact:
    """Return words that somebody wrote as a fact: plain, short, in quotation marks, and marked as not to be trusted."""
    words = plain_words(text, most)
    if words is None:
        return {"v": None, "why": "no_data", "untrusted": True}
    return {"v": words, "text": f"“{words}”", "untrusted": True}


def _shown(value: float | str, unit: str) -> str:
    number = value if isinstance(value, str) else f"{value:.10g}"
    return f"{number} {unit}".strip()
