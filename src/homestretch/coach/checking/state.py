"""What rules are checked against beside the sessions: the athlete's day, past, marks, and the weeks of the plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from homestretch.model.coach.plan import Event, Phase, WeekKind
from homestretch.model.coach.session import Session


@dataclass(frozen=True, slots=True)
class Marker:
    """The athlete is ill or injured from a day to another, both included; `until` None: still."""

    kind: Literal["ill", "injured"]
    since: str
    until: str | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class WeekFacts:
    """What a week is in the plan; None where it is not known."""

    phase: Phase | None = None
    kind: WeekKind | None = None


@dataclass(frozen=True, slots=True)
class Away:
    """The athlete is away from a day to another, both included: hours a day (None: any), and sports (none: all)."""

    since: str
    until: str
    hours: float | None = None
    sports: tuple[str, ...] = ()


#: A signal of the morning: a number, a word such as `low`, or None where it was not measured.
type Signal = float | str | None


@dataclass(frozen=True, slots=True)
class State:
    """The athlete on `today`, an ISO date, as are all days here.

    `wellness` is by day and signal, `week_minutes` by the Monday of past weeks, `weeks` by Monday (of the past as well
    where it is known), `forecast` the highest temperature by day in °C. `history` are sessions that were done.
    `fitness` is the fitness at the end of a day. `events` and `away` are those that no rule of the set is.
    """

    today: str
    markers: tuple[Marker, ...] = ()
    wellness: Mapping[str, Mapping[str, Signal]] = field(default_factory=lambda: MappingProxyType({}))
    history: tuple[Session, ...] = ()
    week_minutes: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    weeks: Mapping[str, WeekFacts] = field(default_factory=lambda: MappingProxyType({}))
    forecast: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    fitness: tuple[str, float] | None = None
    events: tuple[Event, ...] = ()
    away: tuple[Away, ...] = ()

    def is_loading(self, monday: str) -> bool:
        """Return whether a week is one that builds load: recovery, easy, taper and race weeks are not."""
        facts = self.weeks.get(monday)
        return facts is None or facts.kind in (None, "load")
