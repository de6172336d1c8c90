"""The templates of sessions: each is steps with one free number, repeats `n` or minutes `M`."""

from collections.abc import Mapping
from dataclasses import dataclass

from homestretch.coach.workouts.language import read_language
from homestretch.coach.workouts.load import planned_load, total_seconds
from homestretch.model.coach.session import LoadBasis
from homestretch.model.coach.workout import Steps, Workout


@dataclass(frozen=True, slots=True)
class Template:
    """A template: `repeats` or `minutes` (of its free step) are the range of its free number, or None.

    `title` may hold {n}.
    """

    id: str
    sport: str
    purpose: str
    title: str
    hard: bool
    repeats: tuple[int, int] | None
    minutes: tuple[int, int] | None
    text: str

    def steps(self, n: int | None = None, minutes: int | None = None) -> Steps:
        """Return the steps with so many repeats or minutes, by default the fewest."""
        n = self.repeats[0] if n is None and self.repeats else n
        minutes = self.minutes[0] if minutes is None and self.minutes else minutes
        return read_language(self.text, self.sport, n, minutes)

    def workout(self, n: int | None = None, minutes: int | None = None) -> Workout:
        """Return the workout with so many repeats or minutes, by default the fewest."""
        n = self.repeats[0] if n is None and self.repeats else n
        return Workout(self.title.replace("{n}", str(n)), self.sport, self.steps(n, minutes), tags=(self.purpose,))


@dataclass(frozen=True, slots=True)
class Sized:
    """A template with its free number set: seconds (whole), load (one decimal) and what the load rests on."""

    steps: Steps
    seconds: int
    load: float
    basis: LoadBasis


_sizes: dict[tuple[str, int | None, int | None], Sized] = {}


def sized(template: Template, n: int | None = None, minutes: int | None = None) -> Sized:
    """Return a template with its free number set; the same one is computed only once."""
    key = (template.id, n, minutes)
    known = _sizes.get(key)
    if known is None:
        steps = template.steps(n, minutes)
        load, basis = planned_load(steps, template.sport)
        known = _sizes[key] = Sized(steps, round(total_seconds(steps, template.sport)), round(load, 1), basis)
    return known


TEMPLATES: Mapping[str, Template] = {
    template.id: template
    for template in (
        Template("R1", "ride", "recovery", "Recovery ride", False, None, (30, 60),
                 "{M}m@45-55"),
        Template("R2", "ride", "endurance", "Easy ride", False, None, (45, 180),
                 "10m@50-65r {M}m@62-72 5m@60-45r"),
        Template("R3", "ride", "long", "Long ride", False, None, (120, 360),
                 "15m@50-62r {M}m@60-70 10m@60-45r"),
        Template("R4", "ride", "long", "Long ride with a hard finish", True, None, (150, 300),
                 "15m@50-62r {M}m@62-68 30m@80-85 10m@60-45r"),
        Template("R5", "ride", "tempo", "{n} × 15 min tempo", True, (2, 4), None,
                 "12m@50-70r {n}*(15m@80-85,5m@50-55) 8m@60-40r"),
        Template("R6", "ride", "sweetspot", "{n} × 12 min sweet spot", True, (2, 5), None,
                 "12m@50-75r {n}*(12m@88-93,4m@50-55) 8m@60-40r"),
        Template("R7", "ride", "threshold", "{n} × 8 min at threshold", True, (3, 5), None,
                 "10m@50-70r {n}*(8m@95-100,4m@50-60) 5m@60-40r"),
        Template("R8", "ride", "threshold", "{n} × 9 min over and under", True, (2, 4), None,
                 "12m@50-75r {n}*(2m@90-94,1m@104-108,2m@90-94,1m@104-108,2m@90-94,1m@104-108,5m@50) 8m@60-40r"),
        Template("R9", "ride", "vo2", "{n} × 4 min VO₂max", True, (4, 6), None,
                 "15m@50-75r {n}*(4m@106-112,3m@45-55) 8m@60-40r"),
        Template("R10", "ride", "vo2", "{n} × 30/30 VO₂max", True, (16, 26), None,
                 "15m@50-75r {n}*(30s@118-122,30s@45-50) 10m@60-40r"),
        Template("R11", "ride", "anaerobic", "{n} × 1 min anaerobic", True, (5, 8), None,
                 "15m@50-75r {n}*(60s@130-140,4m@45-50) 10m@60-40r"),
        Template("R12", "ride", "sprint", "{n} × 15 s sprints", False, (5, 8), None,
                 "20m@50-70r {n}*(15s@180-220,4m45s@50-55) 10m@60-45r"),
        Template("R13", "ride", "opener", "Opener ride", False, (3, 3), None,
                 "15m@50-65r {n}*(60s@105-110,3m@50-55) 12m@60-45r"),
        Template("R14", "ride", "test", "20 min power test", True, None, None,
                 "15m@50-75r 5m@105-110 10m@45-55 20m@98-106 10m@55-40r"),
        Template("R15", "ride", "strength_endurance", "{n} × 8 min at low cadence", True, (3, 5), None,
                 "12m@50-70r {n}*(8m@82-88/50-60rpm,4m@50-55) 8m@60-40r"),
        Template("N1", "run", "recovery", "Recovery run", False, None, (20, 40),
                 "{M}m@62-70"),
        Template("N2", "run", "endurance", "Easy run", False, None, (30, 90),
                 "{M}m@70-78"),
        Template("N3", "run", "long", "Long run", False, None, (60, 150),
                 "{M}m@70-78"),
        Template("N4", "run", "long", "Long run with a fast end", True, None, (75, 150),
                 "{M}m@72-78 20m@86-90"),
        Template("N5", "run", "endurance", "Easy run with {n} strides", False, (4, 8), None,
                 "25m@70-76 {n}*(20s@115-125,100s@60-65) 5m@68"),
        Template("N6", "run", "tempo", "Tempo run", True, None, (20, 40),
                 "15m@65-75r {M}m@88-93 10m@68"),
        Template("N7", "run", "threshold", "{n} × 8 min at threshold", True, (3, 5), None,
                 "15m@65-75r {n}*(8m@97-100,2m@55-65) 10m@68"),
        Template("N8", "run", "vo2", "{n} × 1000 m", True, (4, 7), None,
                 "15m@65-75r {n}*(1000d@105-108,150s@50-60) 10m@68"),
        Template("N9", "run", "anaerobic", "{n} × 400 m", True, (6, 12), None,
                 "15m@65-75r {n}*(400d@112-115,75s@50-55) 10m@68"),
        Template("N10", "run", "hill", "{n} × 1 min uphill", True, (6, 10), None,
                 "15m@65-75r {n}*(60s@e9,2m@60) 10m@68"),
        Template("N11", "run", "race", "{n} × 3 km at race pace", True, (2, 4), None,
                 "15m@65-75r {n}*(3000d@89-93,3m@65-70) 10m@68"),
        Template("N12", "run", "test", "30 min threshold test", True, None, None,
                 "15m@65-78r 30m@97-103 10m@65"),
        Template("S1", "swim", "technique", "Technique swim", False, (4, 8), None,
                 "200d@75-80 {n}*(50d@80,20s@0) 4*(100d@85,20s@0) 200d@75"),
        Template("S2", "swim", "endurance", "{n} × 400 m", False, (3, 8), None,
                 "200d@75-80 {n}*(400d@85-90,30s@0) 200d@75"),
        Template("S3", "swim", "threshold", "{n} × 100 m at CSS", True, (8, 16), None,
                 "400d@75-85 {n}*(100d@98-101,15s@0) 200d@75"),
        Template("S4", "swim", "threshold", "{n} × 200 m at CSS", True, (4, 8), None,
                 "400d@75-85 {n}*(200d@96-99,20s@0) 200d@75"),
        Template("S5", "swim", "sprint", "{n} × 25 m sprints", False, (8, 16), None,
                 "400d@75-85 {n}*(25d@115-120,35s@0) 200d@75"),
        Template("S6", "swim", "test", "400 and 200 m test (CSS)", True, None, None,
                 "400d@75-85 400d@98-104 6m@0 200d@102-108 200d@75"),
        Template("G1", "strength", "strength", "Base strength", False, None, (40, 60),
                 "5m@e3 {M}m@e5"),
        Template("G2", "strength", "strength", "Maximal strength", True, None, (45, 60),
                 "10m@e3 {M}m@e7"),
        Template("G3", "strength", "power", "Power strength", True, None, (35, 45),
                 "10m@e3 {M}m@e6"),
        Template("G4", "strength", "mobility", "Mobility", False, None, (15, 30),
                 "{M}m@e2"),
        Template("B1", "brick", "brick", "Easy brick", False, None, (75, 240),
                 "ride:{M}m@62-70 run:20m@72-78"),
        Template("B2", "brick", "race", "Race brick", True, (2, 4), None,
                 "ride:15m@50-65r {n}*(15m@80-86,5m@55) run:20m@86-90"),
        Template("B3", "brick", "opener", "Opener brick", False, (2, 2), None,
                 "swim:400d@85-90 ride:20m@55-65 {n}*(60s@100-105,3m@55) run:10m@75-80"),
    )
}  # fmt: skip
