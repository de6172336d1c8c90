"""Is this the same workout? Rules over the features of two recordings (specification: analysis §9)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from homestretch.merge import evidence
from homestretch.merge.features import Features
from homestretch.model.sport import MULTISPORT

SAME_SPAN = 0.85
SAME_DISTANCE, SAME_DISTANCE_M = 0.05, 200.0
SAME_START_M = 500.0
#: So far from the true start a service may begin to show a track, to hide a home.
HIDDEN_M = 2000.0
#: Where one was at so many instants alike, it is one workout whatever the rest says.
INSTANTS, ALIKE = 3, 0.9
#: A part lies within the whole by so much.
WITHIN = 0.9
QUARTER_MS, HOUR_MS, FURTHEST_MS = 900_000, 3_600_000, 14 * 3_600_000
#: Two devices of one workout are stopped within so many seconds.
OTHER_STOP_S = 60.0
#: Nothing that anyone records lasts longer: what does is a journey, or a clock that went wrong.
LONGEST_MS = 7 * 86_400_000
SHIFT_SLACK_MS, SHIFT_LENGTH = 90_000, 0.98
SHIFT_DISTANCE, SHIFT_DISTANCE_M = 0.01, 50.0
SHIFT_PLACE_M, SHIFT_INSTANT_M, SHIFT_ELAPSED_S = 100.0, 300.0, 5.0
SURE_COURSE, OTHER_COURSE = 0.95, 0.5
#: What is typed down from a device's own figures agrees so closely.
COPIED_DISTANCE, COPIED_DISTANCE_M, COPIED_TIME, COPIED_TIME_S = 0.006, 60.0, 0.01, 60.0
TYPED_TIME, TYPED_DISTANCE = 0.10, 0.05
#: Families of which one moves by one alone at a time; on foot one may be taken for the other.
ON_FOOT, MOVES = {"run", "walk"}, {"foot", "ride", "swim", "row", "ski"}
#: At one time so far apart, no one was at both places.
FAR_AWAY_M = 50_000.0
#: Formats whose times are UTC by their own definition.
UTC_FORMATS = {"fit"}


class Verdict(Enum):
    """What two recordings are to each other."""

    DUPLICATE = "duplicate"
    PART_OF = "part_of"
    PARALLEL = "parallel"
    REVIEW = "review"
    DISTINCT = "distinct"


#: The verdicts that make one workout of two recordings without asking.
ONE = frozenset({Verdict.DUPLICATE, Verdict.PARALLEL})


@dataclass(frozen=True, slots=True)
class Match:
    """A verdict, which rule gave it, how sure that is (0 to 1), and the figures that it rests on.

    `shift_s` is what the second one's clock is ahead of the first one's, where that is a wrong zone.
    """

    verdict: Verdict
    rule: str
    score: float
    shift_s: int = 0
    details: Mapping[str, float] = field(default_factory=dict)

    @property
    def decision(self) -> str:
        """The verdict as the specification writes it."""
        return f"duplicate_tz_shift({self.shift_s})" if self.shift_s else self.verdict.value


def compare(a: Features, b: Features) -> Match:
    """Return what two recordings of one athlete are to each other: the first rule that knows decides."""
    found = next((match for rule in RULES if (match := rule(a, b)) is not None), None)
    if found is None:
        return Match(Verdict.DISTINCT, "nothing_in_common", 1.0)
    return Match(
        found.verdict, found.rule, found.score, found.shift_s, {**dict(evidence.details(a, b)), **found.details}
    )


def _same_file(a: Features, b: Features) -> Match | None:
    """Before all rules: a recording is itself, and two sessions of one file are never one workout."""
    if a.digest != b.digest:
        return None
    return Match(Verdict.DUPLICATE if a.session == b.session else Verdict.DISTINCT, "same_file", 1.0)


def _same_identity(a: Features, b: Features) -> Match | None:
    """Rule 1: the same file by its own identity, however often it was exported; or by its key at a provider."""
    if set(a.keys) & set(b.keys) and (a.listed or b.listed):
        return Match(Verdict.DUPLICATE, "same_key", 1.0)
    if a.session != b.session:
        return None
    if a.file_key is not None and a.file_key == b.file_key:
        return Match(Verdict.DUPLICATE, "same_identity", 1.0)
    thin = not a.samples or not b.samples  # of two files under one key each may hold a part
    if set(a.keys) & set(b.keys) and (thin or evidence.contained(a, b) >= WITHIN):
        return Match(Verdict.DUPLICATE, "same_key", 1.0)
    return None


def _journey(a: Features, b: Features) -> Match | None:
    """A recording within something longer than any workout is distinct, without a question."""
    if max(a.elapsed_s, b.elapsed_s) * 1000 <= LONGEST_MS or evidence.length_ratio(a, b) >= SAME_SPAN:
        return None
    return Match(Verdict.DISTINCT, "longer_than_a_workout", 1.0)


def _day_alone(a: Features, b: Features) -> Match | None:
    """Of one only the day is known: copied figures make it one workout, like ones a question."""
    if not (a.date_only or b.date_only):
        return None
    if a.day != b.day or not evidence.same_family(a, b):
        return Match(Verdict.DISTINCT, "another_day", 1.0)
    times = [(x, y) for x in _times(a) for y in _times(b)]
    near = [abs(x - y) / max(x, y) for x, y in times]
    distances = a.distance_m is not None and b.distance_m is not None
    if not (times or distances) or (near and min(near) > TYPED_TIME) or not evidence.as_far(a, b, TYPED_DISTANCE, 0.0):
        return Match(Verdict.DISTINCT, "another_length", 1.0)
    copied = any(abs(x - y) <= max(COPIED_TIME * max(x, y), COPIED_TIME_S) for x, y in times)
    exact = distances and evidence.as_far(a, b, COPIED_DISTANCE, COPIED_DISTANCE_M)
    if copied and exact:
        return Match(Verdict.DUPLICATE, "same_day_and_figures", 0.9)
    return Match(Verdict.REVIEW, "same_day", 0.5)


def _times(one: Features) -> list[float]:
    return [seconds for seconds in (one.timer_s, one.elapsed_s) if seconds]


def _same_time(a: Features, b: Features) -> Match | None:
    """Rule 2: the same family at the same time, as far and from the same place; indoors time and family alone."""
    span = evidence.overlap(a, b)
    if not evidence.same_family(a, b) or span < SAME_SPAN:
        return None
    if evidence.placed(a, b) and not (evidence.as_far(a, b, SAME_DISTANCE, SAME_DISTANCE_M) and _from_one_place(a, b)):
        return None
    return _one(a, b, "same_time", span)


def _from_one_place(a: Features, b: Features) -> bool:
    """Return whether they were where the other was: at common instants, else at the start, or beside a hidden one."""
    count, alike = evidence.together(a, b, SAME_START_M)
    if count >= INSTANTS:
        return alike >= ALIKE
    apart = evidence.apart_m(a.start_point, b.start_point)
    hidden = evidence.contained(a, b) >= 0.98 and count > 0 and alike >= ALIKE
    return apart is not None and apart <= (HIDDEN_M if hidden else SAME_START_M)


def _one(a: Features, b: Features, rule: str, score: float) -> Match:
    """Return that they are one workout, of one device or of two side by side."""
    two = a.samples and b.samples and a.device and b.device and a.device != b.device
    return Match(Verdict.PARALLEL if two else Verdict.DUPLICATE, rule, score)


def _same_places(a: Features, b: Features) -> Match | None:
    """At the same instants at the same places: no one does two workouts at once, whatever they are called."""
    span = evidence.overlap(a, b)
    if span < 0.5 or (not evidence.same_family(a, b) and span < SAME_SPAN):
        return None
    count, alike = evidence.together(a, b, SAME_START_M)
    if count >= INSTANTS and alike >= ALIKE and evidence.contained(a, b) < WITHIN:
        return _one(a, b, "same_places", span)
    course = evidence.correlation(a, b) if span >= SAME_SPAN else None
    if count >= INSTANTS and alike >= ALIKE and span >= SAME_SPAN:
        return _one(a, b, "same_places", span)
    if count == 0 and course is not None and course >= SURE_COURSE:
        return _one(a, b, "same_course", span)
    return None


def _part(a: Features, b: Features) -> Match | None:
    """Rule 3: one lies within the other: a split file, a leg, a lap that was exported."""
    inside, ratio = evidence.contained(a, b), evidence.length_ratio(a, b)
    if inside < WITHIN or ratio >= SAME_SPAN or not evidence.same_family(a, b):
        return None
    shorter, longer = sorted((a, b), key=lambda one: one.elapsed_s)
    if not shorter.elapsed_s:
        return None
    count, alike = evidence.together(a, b, SAME_START_M)
    further = (
        shorter.distance_m is not None
        and longer.distance_m is not None
        and shorter.distance_m > longer.distance_m * (1 + SAME_DISTANCE) + SAME_DISTANCE_M
    )
    elsewhere = alike < ALIKE if count else _out_of_reach(shorter, longer)
    legs = MULTISPORT in (a.family, b.family)
    if further or (elsewhere and not legs):
        return None
    return Match(Verdict.PART_OF, "leg" if legs else "part", inside)


def _out_of_reach(shorter: Features, longer: Features) -> bool:
    apart = evidence.apart_m(shorter.start_point, longer.start_point) if evidence.placed(shorter, longer) else None
    return apart is not None and longer.distance_m is not None and apart > longer.distance_m + HIDDEN_M


def _wrong_zone(a: Features, b: Features) -> Match | None:
    """Rule 4: all the same, but whole quarters of an hour apart: a clock in a wrong zone."""
    ds = b.start_ms - a.start_ms
    delta = round(ds / QUARTER_MS) * QUARTER_MS
    if delta == 0 or abs(delta) > FURTHEST_MS or abs(ds - delta) > SHIFT_SLACK_MS or not evidence.same_family(a, b):
        return None
    if evidence.length_ratio(a, b) < SHIFT_LENGTH or not evidence.as_far(a, b, SHIFT_DISTANCE, SHIFT_DISTANCE_M):
        return _other_clock(a, b, delta)
    course = evidence.correlation(a, b, delta)
    felt = course is not None and course >= SURE_COURSE
    count, alike = evidence.together(a, b, SHIFT_INSTANT_M, delta)
    ends = _same_ends(a, b) or (count >= INSTANTS and alike >= ALIKE)
    if not felt and (not ends or (course is not None and course < OTHER_COURSE) or (count and alike < ALIKE / 2)):
        return _other_clock(a, b, delta)
    long = abs(a.elapsed_s - b.elapsed_s) <= SHIFT_ELAPSED_S
    sure = felt or evidence.overlap_s(a, b) > 0 or (long and not _knows_better(a, b, delta)) or _to_the_second(a, b)
    if sure:
        return Match(Verdict.DUPLICATE, "wrong_zone", evidence.length_ratio(a, b), delta // 1000)
    # A repeat, by two clocks that agree: two workouts that never ran at once are no question.
    return Match(Verdict.DISTINCT, "wrong_zone_perhaps", 0.6, 0, {"shift_s": delta / 1000})


def _other_clock(a: Features, b: Features, delta: int) -> Match | None:
    """Return a question for two devices whole hours apart, as far and but for seconds as long."""
    two = a.device and b.device and a.device != b.device and delta % HOUR_MS == 0
    known = a.distance_m is not None and b.distance_m is not None
    if not two or not known or abs(a.elapsed_s - b.elapsed_s) > OTHER_STOP_S:
        return None
    course, (count, alike) = evidence.correlation(a, b, delta), evidence.together(a, b, SHIFT_INSTANT_M, delta)
    elsewhere = evidence.placed(a, b) and not _from_near(a, b)
    if elsewhere or not evidence.as_far(a, b, SAME_DISTANCE, SAME_DISTANCE_M) or (count and alike < ALIKE):
        return None
    if course is not None and course < OTHER_COURSE:
        return None
    return Match(Verdict.REVIEW, "wrong_zone_perhaps", 0.6, 0, {"shift_s": delta / 1000})


def _from_near(a: Features, b: Features) -> bool:
    apart = evidence.apart_m(a.start_point, b.start_point)
    return apart is not None and apart <= SAME_START_M


def _to_the_second(a: Features, b: Features) -> bool:
    """Return whether they agree as no repeat of a course does, and not both clocks are UTC by definition."""
    far = a.distance_m is not None and b.distance_m is not None and evidence.as_far(a, b, 0.001, 10.0)
    return far and abs(a.elapsed_s - b.elapsed_s) <= 1.0 and not {a.format, b.format} <= UTC_FORMATS


def _same_ends(a: Features, b: Features) -> bool:
    ends = [evidence.apart_m(a.start_point, b.start_point), evidence.apart_m(a.end_point, b.end_point)]
    near = all(metres is not None and metres <= SHIFT_PLACE_M for metres in ends)
    return near and not (a.indoor or b.indoor) and abs(a.elapsed_s - b.elapsed_s) <= SHIFT_ELAPSED_S


def _knows_better(a: Features, b: Features, delta: int) -> bool:
    """Return whether both clocks are to be trusted, or no zone that is known of explains the shift."""
    if {a.format, b.format} <= UTC_FORMATS:
        return True
    known = [one.offset_s for one in (a, b) if one.offset_s is not None]
    explained = {1000 * abs(offset) for offset in known} | {3_600_000}
    return len(known) == 2 and abs(delta) not in explained


def _at_once(a: Features, b: Features) -> Match | None:
    """Rule 5: at the same time, but of another sport, length or place: a question, unless it cannot be one workout."""
    inside = evidence.contained(a, b)
    if inside < 0.5:
        return None
    if _far_away(a, b):
        return Match(Verdict.DISTINCT, "far_away", 1.0)
    if _contradicting(a, b):
        return Match(Verdict.DISTINCT, "another_sport", 1.0)
    return Match(Verdict.REVIEW, "at_once", round(inside / 2, 3))


def _far_away(a: Features, b: Features) -> bool:
    """Return whether no way leads from where one was to where the other was at the time."""
    if evidence.together(a, b, FAR_AWAY_M)[0]:
        return evidence.together(a, b, FAR_AWAY_M)[1] == 0.0
    apart = evidence.apart_m(a.start_point, b.start_point) if evidence.placed(a, b) else None
    return apart is not None and apart > FAR_AWAY_M + max(a.distance_m or 0.0, b.distance_m or 0.0)


def _contradicting(a: Features, b: Features) -> bool:
    """Return whether no one can do both sports at once, and no place speaks for one with a wrong name."""
    moves = {("foot" if family in ON_FOOT else family) for family in (a.family, b.family)}
    if len(moves) < 2 or not moves <= MOVES:
        return False
    count, alike = evidence.together(a, b, SAME_START_M)
    apart = evidence.apart_m(a.start_point, b.start_point) if evidence.placed(a, b) else None
    return not alike if count else apart is None or apart > SAME_START_M


#: In the order of the specification.
RULES: tuple[Callable[[Features, Features], Match | None], ...] = (
    _same_file, _same_identity, _journey, _day_alone, _same_time, _same_places, _part, _wrong_zone, _at_once,
)  # fmt: skip
