"""Activities like another one, and the gap between two."""

from typing import Literal, TypedDict

#: Why an activity is like another one: the same route, or about the same distance from the same place.
Likeness = Literal["route", "place"]
GapBy = Literal["ground", "distance"]


class SimilarActivity(TypedDict):
    """An activity like another one, and why; `sport` may be another of the same family."""

    activity: str
    name: str
    day: str
    sport: str
    why: Likeness
    distance_m: float | None
    moving_s: float | None
    elapsed_s: float | None
    ascent_m: float | None
    avg_speed_mps: float | None
    avg_hr_bpm: float | None
    avg_power_w: float | None


class SimilarActivities(TypedDict):
    """At most ten activities like one, those most alike first; `same_route` is how many followed its route besides it.

    Without any where it came near a place that is hidden from who asks: what is like it would say how long it was.
    """

    same_route: int
    items: list[SimilarActivity]


class ActivityGap(TypedDict):
    """How far another activity was behind this one at n places, evenly spaced over what this one went (m).

    By `ground` both are compared where they were at the same place, and `shared` is the share of places at which the
    other was; its distance, its time and the gap are null elsewhere, within gaps of a recording, and where something is
    hidden: for that of this one there is a place more. Where they share too little ground, they are compared by
    distance alone. Times are s since each began; `gap_s` is 0 where both first are at the same place, and more than 0
    where the other is behind.
    """

    by: GapBy
    shared: float
    distance_m: list[float]
    time_s: list[float]
    other_distance_m: list[float | None]
    other_time_s: list[float | None]
    gap_s: list[float | None]
