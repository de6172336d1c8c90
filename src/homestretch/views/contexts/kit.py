"""What every context is built with, and how values are shown in it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from homestretch.coach.checking.kind import kinds
from homestretch.coach.writing.facts import REASONS, Fact, Facts, fact
from homestretch.coach.writing.words import NAME, NOTE, plain_words
from homestretch.model.channel import FOOT_M, MILE_M
from homestretch.model.coach.rule import Rule
from homestretch.model.coach.session import SessionDocument
from homestretch.model.documents.people import Units
from homestretch.model.documents.tools import ToolValue
from homestretch.store.database import Reader
from homestretch.store.queries.rules import newest_rules
from homestretch.store.scope import Scope
from homestretch.views.coach.rules import sentence_of
from homestretch.views.kit.today import today


@dataclass(frozen=True)
class Given:
    """What a context is built with: a scope for models, the instant, and how the reader has things shown.

    Names and notes are only given with `names`.
    """

    reader: Reader
    scope: Scope
    now_ms: int
    units: Units = "metric"
    lang: str = "en"
    names: bool = False

    @classmethod
    def for_model(cls, reader: Reader, scope: Scope, now_ms: int, units: str, lang: str, *, names: bool) -> "Given":
        """Return the same for a language model: what terms withhold from models is not there."""
        shown: Units = "imperial" if units == "imperial" else "metric"
        return cls(reader, replace(scope, use="model"), now_ms, shown, lang, names)

    @property
    def shown(self) -> Scope:
        """The scope for what the athlete is shown."""
        return replace(self.scope, use="show")

    @cached_property
    def today(self) -> date:
        """The athlete's local day."""
        return today(self.reader, self.scope, self.now_ms)


def minutes(value: float | None, why: str | None = None, *, partial: bool = False) -> Fact:
    """Return a length in minutes as a fact: `1 h 15 min`."""
    if value is None:
        return fact(None, "min", why=reason(why))
    return fact(value, "min", clock(value), partial=partial)


def more_minutes(now: float, before: float) -> Fact:
    """Return how much longer something took than something before, as a fact of a change."""
    return fact(now - before, "min", clock(now - before), delta=True)


def clock(value: float) -> str:
    """Return minutes in words: `1 h 15 min`, `45 min`."""
    hours, rest = divmod(round(abs(value)), 60)
    parts = [f"{hours} h"] * (hours > 0) + [f"{rest} min"] * (rest > 0 or hours == 0)
    return ("-" if value < 0 else "") + " ".join(parts)


def number(
    value: float | None, unit: str = "", decimals: int = 0, why: str | None = None,
    *, partial: bool = False, delta: bool = False, lower_is_better: bool | None = None,
) -> Fact:  # fmt: skip
    """Return a number as a fact, rounded as it is shown."""
    if value is None:
        return fact(None, unit, why=reason(why), delta=delta)
    rounded = round(value, decimals) + 0.0
    text = f"{rounded:.{decimals}f} {unit}".rstrip()
    return fact(rounded, unit, text, partial=partial, delta=delta, lower_is_better=lower_is_better)


def change(
    now: float | None, before: float | None, unit: str = "", decimals: int = 0, *, lower_is_better: bool | None = None
) -> Fact:
    """Return how much more a value is than one before, as a fact of a change."""
    more = None if now is None or before is None else now - before
    return number(more, unit, decimals, delta=True, lower_is_better=lower_is_better)


def percent(now: float | None, before: float | None) -> Fact:
    """Return how many per cent a value is more than another, as a fact of a change."""
    return number(100 * (now / before - 1) if now is not None and before else None, "%", delta=True)


def distance(metres: float | None, units: Units, why: str | None = None) -> Fact:
    """Return a distance as a fact, in km or miles."""
    if metres is None:
        return fact(None, "km" if units == "metric" else "mi", why=reason(why))
    return number(metres / 1000, "km", 1) if units == "metric" else number(metres / MILE_M, "mi", 1)


def height(metres: float | None, units: Units, why: str | None = None) -> Fact:
    """Return a height as a fact, in m or feet."""
    if metres is None:
        return fact(None, "m" if units == "metric" else "ft", why=reason(why))
    return number(metres, "m") if units == "metric" else number(metres / FOOT_M, "ft")


def speed(mps: float | None, sport: str, units: Units, why: str | None = None) -> Fact:
    """Return a speed as a fact: a pace of a run, else km/h or mph. The value is in m/s, where more is faster."""
    if mps is None or mps <= 0:
        return fact(None, "m/s", why=reason(why))
    if sport == "run":
        metres, unit = (1000.0, "/km") if units == "metric" else (MILE_M, "/mi")
        seconds = round(metres / mps)
        return fact(round(mps, 3), "m/s", f"{seconds // 60}:{seconds % 60:02d} {unit}")
    text = f"{mps * 3.6:.1f} km/h" if units == "metric" else f"{mps * 3600 / MILE_M:.1f} mph"
    return fact(round(mps, 3), "m/s", text)


def given_value(one: ToolValue | None, decimals: int = 0) -> Fact:
    """Return the value of a tool's document as a fact."""
    if one is None:
        return fact(None, why="no_data")
    value = one["value"]
    if isinstance(value, str):
        return fact(value, one["unit"])
    return number(value, one["unit"], decimals, one.get("why"))


def reason(why: str | None) -> str | None:
    """Return why a value is missing in one of the words of facts."""
    return why if why in REASONS or why is None else "no_data"


def day_fact(day: str) -> Fact:
    """Return a day as a fact: `Tuesday 1 December 2026`."""
    when = date.fromisoformat(day)
    return fact(day, text=f"{when:%A} {when.day} {when:%B %Y}")


def session_facts(key: str, one: SessionDocument, given: Given) -> Facts:
    """Return a planned session as facts: its id and name as `p:<key>`, then what it asks for."""
    return {
        f"p:{key}": fact(one["id"], text=_title(one, given), name="session id"),
        f"p:{key}.day": day_fact(one["date"]),
        f"p:{key}.minutes": minutes(one["minutes"]),
        f"p:{key}.load": number(one["load"]),
        f"p:{key}.kind": fact(", ".join(_words(one))),
    }


def _title(at: SessionDocument, given: Given) -> str:
    """Return what a session is called; the title of a fixed one is the athlete's."""
    if at["fixed"] and not given.names:
        return f"fixed {at['sport']} session"
    words = plain_words(at["title"], NAME) if at["fixed"] else at["title"]
    return words or f"{at['sport']} session"


def _words(at: SessionDocument) -> list[str]:
    flags = (("hard", at["hard"]), ("long", at["long"]), ("indoor", at["indoor"]), ("fixed", at["fixed"]),
             ("locked", at["locked"]))  # fmt: skip
    return [one for one in (at["sport"], at["purpose"], *(name for name, holds in flags if holds)) if one]


def rule_facts(given: Given, only: Iterable[str] | None = None) -> Facts:
    """Return the rules that hold as facts, each in our own words."""
    _, rules = newest_rules(given.reader, given.scope.athlete_id)
    wanted = None if only is None else set(only)
    return {
        f"r:{rule.id}": fact(rule.kind, text=_sentence(rule, given))
        for rule in rules
        if not rule.off and rule.kind in kinds() and rule.kind != "note" and (wanted is None or rule.id in wanted)
    }


def _sentence(rule: Rule, given: Given) -> str:
    """Return a rule in our words; one that has words of the athlete's (a race, a place) by its kind alone."""
    kind = kinds()[rule.kind]
    if not given.names and any(field.type in ("text", "texts") for field in kind.fields):
        return kind.title
    return plain_words(sentence_of(rule), NOTE) or kind.title
