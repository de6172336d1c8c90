"""One day on the wrist: everything a watch would measure, from which all of Garmin's answers about it are told."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tests.fakes.garmin.account import Account
from tests.fakes.garmin.chance import chance
from tests.fakes.garmin.clock import midnight_ms

MINUTE_MS = 60_000
DEEP, LIGHT, REM, AWAKE = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Night:
    """A sleep: stretches of (start, end, level) in ms UTC, one after the other."""

    levels: tuple[tuple[int, int, int], ...]
    score: int
    hrv: tuple[int, ...]

    @property
    def start_ms(self) -> int:
        """When it began."""
        return self.levels[0][0]

    @property
    def end_ms(self) -> int:
        """When it ended."""
        return self.levels[-1][1]

    def seconds(self, *levels: int) -> int:
        """Return how long it was in these levels (s)."""
        return sum(end - start for start, end, level in self.levels if level in levels) // 1000

    @property
    def lasted(self) -> int:
        """How long it was asleep (s)."""
        return self.seconds(DEEP, LIGHT, REM)

    @property
    def mean_hrv(self) -> int:
        """The mean of the readings of HRV (ms)."""
        return round(sum(self.hrv) / len(self.hrv))


class Day:
    """A calendar day of the account; `worn` is false if nothing was measured. The night is that which ends in it."""

    def __init__(self, account: Account, day: date) -> None:
        self.account, self.date = account, day
        self.iso = day.isoformat()
        self.start_ms = midnight_ms(day, account.zone)
        self.end_ms = midnight_ms(day + timedelta(days=1), account.zone)
        self.worn = account.is_worn(day)
        self.inside = account.first <= day <= account.last
        self.hidden = account.is_offloaded(day)
        self.resting = 46 + self._luck("resting").randrange(8)
        self.goal = 7500 + 10 * (day.toordinal() % 100)
        self.device_id = account.device_id

    def _luck(self, what: str) -> Random:
        return chance(self.account.seed, what, self.date)

    @property
    def minutes(self) -> int:
        """How long the day is (23, 24 or 25 hours)."""
        return (self.end_ms - self.start_ms) // MINUTE_MS

    def times(self, step: int) -> list[int]:
        """Return the instants of the day, every `step` minutes (ms, UTC)."""
        return [self.start_ms + k * MINUTE_MS for k in range(0, self.minutes, step)]

    def night(self) -> Night | None:
        """Return the night that ends on this day."""
        if not self.worn:
            return None
        luck = self._luck("night")
        at = self.start_ms - luck.randrange(20, 100) * MINUTE_MS
        levels = []
        for cycle in range(5):
            for level in (LIGHT, DEEP, LIGHT, REM) if cycle != 3 else (LIGHT, AWAKE, LIGHT, REM):
                long = luck.randrange(2, 7) if level == AWAKE else luck.randrange(14, 34)
                levels.append((at, at + long * MINUTE_MS, level))
                at += long * MINUTE_MS
        count = (levels[-1][1] - levels[0][0]) // (5 * MINUTE_MS)
        base = luck.randrange(38, 70)
        hrv = tuple(base + luck.randrange(-9, 14) for _ in range(count))
        return Night(tuple(levels), luck.randrange(55, 95), hrv)

    def _woke(self) -> int:
        night = self.night()
        return night.end_ms if night else self.start_ms

    def hearts(self) -> list[tuple[int, int | None]]:
        """Return the heart rate every two minutes; now and then there was none."""
        luck, woke = self._luck("heart"), self._woke()
        rates = [self.resting + (luck.randrange(8) if at < woke else luck.randrange(18, 68)) for at in self.times(2)]
        return [(at, rate if luck.random() > 0.02 else None) for at, rate in zip(self.times(2), rates, strict=True)]

    def stress(self) -> list[tuple[int, int]]:
        """Return the stress every three minutes; -1 and -2 mean that it could not be measured."""
        luck, woke = self._luck("stress"), self._woke()
        levels = [luck.randrange(5, 26) if at < woke else luck.randrange(20, 80) for at in self.times(3)]
        known = [level if luck.random() > 0.1 else luck.choice((-1, -2)) for level in levels]
        return list(zip(self.times(3), known, strict=True))

    def batteries(self) -> list[tuple[int, int]]:
        """Return the body battery every three minutes: up in the night, down by day."""
        luck, woke = self._luck("battery"), self._woke()
        low, high = luck.randrange(20, 45), luck.randrange(70, 96)
        slept, day = max(woke - self.start_ms, 1), max(self.end_ms - woke, 1)
        drop = high - luck.randrange(8, 30)
        return [
            (at, round(low + (high - low) * (at - self.start_ms) / slept) if at < woke
             else round(high - drop * (at - woke) / day))
            for at in self.times(3)
        ]  # fmt: skip

    def breaths(self) -> list[tuple[int, float]]:
        """Return the respiration every two minutes; -1 and -2 mean that it could not be measured."""
        luck = self._luck("breath")
        return [(at, -1.0 if luck.random() < 0.05 else float(luck.randrange(11, 19))) for at in self.times(2)]

    def oxygen(self) -> list[tuple[int, int]]:
        """Return the oxygen saturation every hour."""
        luck = self._luck("oxygen")
        return [(at, luck.randrange(90, 99)) for at in self.times(60)]

    def steps(self) -> list[tuple[int, int]]:
        """Return the steps of each quarter of an hour."""
        luck, woke = self._luck("steps"), self._woke()
        counts = [luck.randrange(5, 420) if luck.random() > 0.4 else 0 for _ in self.times(15)]
        return [(at, n if self.worn and at >= woke else 0) for at, n in zip(self.times(15), counts, strict=True)]

    def total_steps(self) -> int:
        """Return the steps of the day."""
        return sum(count for _, count in self.steps())

    def floors(self) -> list[tuple[int, int, int]]:
        """Return the floors climbed and descended in some quarters of an hour."""
        luck = self._luck("floors")
        return [(at, luck.randrange(3), luck.randrange(3)) for at in self.times(15)[30:60] if luck.random() < 0.4]

    def intense(self) -> tuple[int, int]:
        """Return the moderate and vigorous minutes."""
        luck = self._luck("intense")
        return luck.randrange(40), luck.randrange(60)

    def kcal(self) -> tuple[float, float]:
        """Return active and resting energy (kcal)."""
        return float(150 + self.total_steps() // 20), 2100.0

    def around(self, before: int) -> list["Day"]:
        """Return the worn days of those `before` this one and itself."""
        days = [Day(self.account, self.date - timedelta(days=k)) for k in range(before, -1, -1)]
        return [one for one in days if one.worn]

    def week_resting(self) -> int | None:
        """Return the mean resting heart rate of seven days."""
        known = [one.resting for one in self.around(6)]
        return round(sum(known) / len(known)) if known else None
