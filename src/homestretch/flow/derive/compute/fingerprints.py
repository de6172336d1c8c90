"""What is measured, and what that depends on: the fingerprints by which one sees that it is due again."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from homestretch.analysis.athlete.history import History
from homestretch.analysis.athlete.thresholds import Profile, estimated
from homestretch.analysis.measure.measure import fingerprints
from homestretch.model.moment import day_of
from homestretch.model.sport import MULTISPORT, TRANSITION, Sport

#: The fingerprint of what all parts depend on: the samples, the sport, and how hard it felt.
BASE = "base"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is measured: samples (`source` names the recording and what decoded it) as an activity of a sport on a day.

    `rpe` and `feel` are how hard it felt, 0 to 10, and how the athlete felt, 1 to 5.
    """

    source: str
    sport: Sport
    day: str
    rpe: float | None = None
    feel: int | None = None

    def profile(self, history: History) -> Profile:
        """Return what holds of the athlete, estimates included."""
        values = history.values(self.sport.family, self.day)
        shown = history.estimates(self.sport.family, self.day)
        return estimated(Profile(values, date.fromisoformat(self.day)), shown)

    def expected(self, profile: Profile) -> dict[str, str]:
        """Return what is to be computed: the fingerprint of each part; nothing of what only holds others together."""
        if self.sport.key in (MULTISPORT, TRANSITION):
            return {}
        said = f"{self.source} {self.sport.key} {self.sport.sub} {self.rpe} {self.feel}"
        base = hashlib.blake2b(said.encode(), digest_size=6).hexdigest()
        return {BASE: base, **fingerprints(self.sport, profile)}


def subject_of(row: Mapping[str, Any]) -> Subject:
    """Return what is measured of an activity, given its row."""
    sport = Sport(row["sport"], row["sub_sport"])
    # A number typed as 6 comes back from the database as 6.0.
    rpe = None if row["rpe"] is None else float(row["rpe"])
    return Subject(row["source"], sport, day_of(row["local_ms"]), rpe, row["feel"])


def stale_parts(expected: Mapping[str, str], had: Mapping[str, str]) -> dict[str, str]:
    """Return the fingerprints of what is to be computed: all if the base is another, else those that differ.

    The base is always among them: it says what samples the others were computed of.
    """
    if had.get(BASE) != expected.get(BASE):
        return dict(expected)
    return {key: part for key, part in expected.items() if key == BASE or had.get(key) != part}
