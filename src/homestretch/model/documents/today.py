"""Today at a glance: how the athlete is, what was done, what comes next, and what needs an answer."""

from typing import Literal, TypedDict

from homestretch.model.coach.session import SessionDocument
from homestretch.model.documents.charts import FrameBody
from homestretch.model.documents.goals import GoalStanding
from homestretch.model.documents.health import HealthCard
from homestretch.model.documents.people import Athlete

#: What the parts of a headline and their numbers are about; each has a page that explains it.
HeadlineTopic = Literal["training", "health", "activities", "coach"]
#: What may need an answer of the athlete.
NeedKind = Literal["sign_in", "questions", "proposals", "threshold", "gear", "files", "items"]


class HeadlineNumber(TypedDict):
    """A number that a headline uses, with its unit, and the measure whose page explains it, if it is of health."""

    name: str
    value: float
    unit: str
    topic: HeadlineTopic
    measure: str | None


class HeadlinePart(TypedDict):
    """A sentence of a headline: the rule that made it, what that rule looks at, and the numbers it used."""

    rule: str
    text: str
    why: str
    numbers: list[HeadlineNumber]


class Headline(TypedDict):
    """How the athlete is, in one or two sentences; `tone` is whether that asks for care."""

    text: str
    tone: Literal["good", "plain", "care"]
    parts: list[HeadlinePart]


class FormGlance(TypedDict):
    """Form of today with its zone, fitness, fatigue and how fitness changed over a week.

    `form_spark` and `fitness_spark` are of the last 28 days; `low` and `high` are what was usual of form before.
    """

    form: float
    zone: str
    fitness: float
    fatigue: float
    ramp: float | None
    low: float | None
    high: float | None
    form_spark: list[float]
    fitness_spark: list[float]


class ZoneStrip(TypedDict):
    """Seconds by zone of what the zones are of."""

    kind: Literal["power", "heart_rate", "pace"]
    seconds: list[float]


class LastMedal(TypedDict):
    """A best effort of an activity (its kind and size) or a time on a segment, with its rank over all time, 1 to 3."""

    what: Literal["effort", "segment"]
    kind: str
    size: float
    name: str | None
    segment: str | None
    value: float
    rank: int


class LastActivity(TypedDict):
    """The newest activity in a few figures, SI units; `thumb` is its track as an encoded line of few places."""

    id: str
    name: str
    sport: str
    start_local: str
    indoor: bool
    distance_m: float | None
    moving_s: float | None
    elapsed_s: float | None
    ascent_m: float | None
    avg_speed_mps: float | None
    avg_hr_bpm: float | None
    avg_power_w: float | None
    load: float | None
    zones: ZoneStrip | None
    medals: list[LastMedal]
    thumb: str | None
    rpe: float | None
    feel: int | None


class SportTime(TypedDict):
    """Time in motion of a family of sports."""

    family: str
    moving_s: float


class WeekDay(TypedDict):
    """A day of a week: its load, and the time of each family of sports."""

    day: str
    load: float
    sports: list[SportTime]


class WeekSums(TypedDict):
    """What was done: so many activities, seconds in motion, metres, and load."""

    activities: int
    moving_s: float
    distance_m: float
    load: float


class PlannedWeek(TypedDict):
    """What a plan has for a week."""

    minutes: int
    load: float


class WeekGlance(TypedDict):
    """The week from Monday, what was done until now, and until the same point of last week.

    `planned` are minutes and load of the sessions of the plan in force, done ones too.
    """

    monday: str
    days: list[WeekDay]
    done: WeekSums
    last_week: WeekSums
    planned: PlannedWeek | None


class LoadRoom(TypedDict):
    """Load that today has room for: what holds fitness, and the most before form is at high risk tomorrow.

    Both are of the whole day, of which a part may be `done`.
    """

    hold: float
    most: float
    done: float


class RaceAhead(TypedDict):
    """An event ahead, so many days away."""

    name: str
    day: str
    days: int
    sport: str
    priority: Literal["A", "B", "C"]


class NextUp(TypedDict):
    """The next open session of the plan in force with the load it starts from, or room for load; and the next race."""

    session: SessionDocument | None
    room: LoadRoom | None
    race: RaceAhead | None


class LastDone(TypedDict):
    """The newest activity in a line."""

    id: str
    name: str
    sport: str
    start_local: str


class AthleteGlance(TypedDict):
    """An athlete in a row of a list: how they are, the week so far, what is planned, and what they did last."""

    athlete: Athlete
    headline: str
    tone: Literal["good", "plain", "care"]
    form: float | None
    zone: str | None
    fitness: float | None
    week: WeekSums
    planned: PlannedWeek | None
    session: SessionDocument | None
    race: RaceAhead | None
    last: LastDone | None


class Need(TypedDict):
    """Something that needs an answer: how many, or what it is called; `id` is of what it is about.

    `value` is in `unit`: a suggested threshold, or what is left of a part's interval.
    """

    kind: NeedKind
    count: int
    id: str | None
    name: str | None
    detail: str | None
    value: float | None
    unit: str | None


class YearLoads(TypedDict):
    """Load of each day from `first`, a Monday, to today; `levels` are where the shades of a grid begin."""

    first: str
    loads: list[int]
    levels: list[int]


class NewThing(TypedDict):
    """Something new of the last days: a record over all time, or explorer tiles, and the activity that made it."""

    kind: Literal["record", "tiles"]
    day: str
    activity: str
    name: str
    sport: str
    effort: str | None
    size: float | None
    value: float


class Memory(TypedDict):
    """An activity on the same day of an earlier year."""

    years: int
    id: str
    name: str
    sport: str
    day: str
    distance_m: float | None
    moving_s: float | None


class SourceSynced(TypedDict):
    """When a source was synced last, UTC ms."""

    id: str
    name: str
    good_ms: int | None


class LastBackup(TypedDict):
    """When everything was last backed up; `on`: whether that is done by itself, `failed`: whether the last one was."""

    on: bool
    good_ms: int | None
    failed: bool


class TodayFooter(TypedDict):
    """When each source was synced last, the version, and for administrators how backups are doing."""

    sources: list[SourceSynced]
    version: str
    backup: LastBackup | None


class Today(TypedDict):
    """Today at a glance.

    `health` is null for those who may not see it, and where nothing was measured in the last weeks it is empty.
    """

    day: str
    at: str
    activities: int
    headline: Headline
    form: FormGlance | None
    health: list[HealthCard] | None
    last: LastActivity | None
    week: WeekGlance
    goals: list[GoalStanding]
    next: NextUp
    fitness: FrameBody | None
    needs: list[Need]
    year: YearLoads | None
    new: list[NewThing]
    on_this_day: list[Memory]
    footer: TodayFooter
