"""Questions that were fixed beforehand, and the pairs of values that they are asked of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from homestretch.analysis.health.days import DailyValues, Days
from homestretch.analysis.health.statistics import Indices
from homestretch.model.channel import Floats, Mask
from homestretch.registry import discover

type Groups = Literal["thirds", "upper_third", "marked"]
#: What a pair is of.
type Counted = Literal["nights", "weeks", "sessions"]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """What goes together, (k,): x and y in order of the index of their `day`, and the stratum (era of devices)."""

    day: Indices
    x: Floats
    y: Floats
    stratum: Indices

    def __len__(self) -> int:
        """Return the number of pairs."""
        return len(self.day)

    def take(self, where: Mask) -> "Pairs":
        """Return some of them."""
        return Pairs(self.day[where], self.x[where], self.y[where], self.stratum[where])


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What may depend on x: its unit, its values of each day, and the noise of devices, which an effect must exceed.

    `reads` are the kinds of measurements that its values are of.
    """

    key: str
    name: str
    unit: str
    noise: float
    values: Callable[[Days], DailyValues]
    reads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question fixed beforehand: what x is, its outcomes, and the pairs that it needs.

    `reads` are the kinds of measurements that x is of, beside those of the outcomes.
    `groups` names the two whose outcomes are compared: those with the upper and the lower third of x, the upper third
    and the rest, or those with x above 0 (marked) and the rest; `exposed_least` and `others_least` are the pairs that
    they need. `counts` says what a pair is of, `block` how many pairs the bootstrap keeps together; `caveat` is shown
    with the answer. `version` goes up with every change of the answer.
    """

    key: str
    version: int
    question: str
    exposure: str
    outcomes: tuple[Outcome, ...]
    pairs: Callable[[Days, Outcome], Pairs]
    least: int
    caveat: str
    reads: tuple[str, ...] = ()
    exposed_least: int = 1
    others_least: int = 1
    groups: Groups = "thirds"
    counts: Counted = "nights"
    block: int = 7

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of measurements that it sees: its own and those of its outcomes."""
        return frozenset(self.reads).union(*(outcome.reads for outcome in self.outcomes))


@cache
def questions() -> Mapping[str, Question]:
    """Return every question by key."""
    return dict(sorted(discover("homestretch.analysis.health.insights", Question).items()))
