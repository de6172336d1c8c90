"""Recordings that are, or may be, one workout."""

from typing import TypedDict

from homestretch.model.documents.activity import ActivityItem, ProvenanceOf
from homestretch.model.documents.collections import Page


class QuestionSide(TypedDict):
    """One of two recordings that may be one workout, and the activity that it is in."""

    recording: str
    format: str
    sources: list[ProvenanceOf]
    name: str | None
    sport: str
    elapsed_s: float
    distance_m: float | None
    date_only: bool
    activity: ActivityItem


class MatchQuestion(TypedDict):
    """Two recordings that a person is to judge, why that was not clear, and how likely it is (0 to 1)."""

    a: QuestionSide
    b: QuestionSide
    rule: str
    score: float
    details: dict[str, float]


#: Questions, the newest first.
type QuestionPage = Page[MatchQuestion]


class Explained(MatchQuestion):
    """How two recordings relate; `said` is a person's answer, `together` whether they are one activity now."""

    verdict: str
    shift_s: int
    said: bool | None
    together: bool


class Settled(TypedDict):
    """The ids of the edits that the answers are; of activities with several recordings one answer may be several."""

    edits: list[str]


class OrderPreview(TypedDict):
    """How many activities an order of sources would change, how many of them in their name, and open proposals."""

    activities: int
    names: int
    proposals: int
