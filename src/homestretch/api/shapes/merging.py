"""The API's shapes of recordings that are, or may be, one workout."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from homestretch.api.shapes.activities import ActivityItem, ProvenanceOf
from homestretch.api.shapes.base import Page, Shape
from homestretch.views.activities.matches import MOST

Name = Annotated[str, Field(min_length=1, max_length=80)]


class ReviewSide(BaseModel):
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


class Review(BaseModel):
    """Two recordings that a person is to judge, why that was not clear, and how likely it is (0 to 1)."""

    a: ReviewSide
    b: ReviewSide
    rule: str
    score: float
    details: dict[str, float]


class ReviewPage(Page[Review]):
    """Questions, the newest first."""


class Explained(Review):
    """How two recordings relate; `said` is a person's answer, `together` whether they are one activity now."""

    verdict: str
    shift_s: int
    said: bool | None
    together: bool


class Pair(Shape):
    """Two recordings, by their ids."""

    a: Name
    b: Name


class ReviewAnswers(Shape):
    """A person's answer about pairs of recordings: each is one workout, or two."""

    pairs: list[Pair] = Field(min_length=1, max_length=MOST)
    answer: Literal["one", "two"]


class Settled(BaseModel):
    """The ids of the edits that the answers are; of activities with several recordings one answer may be several."""

    edits: list[str]


class MergeWith(Shape):
    """The activity that another one is to be made one with."""

    other: Name


class TakeOut(Shape):
    """The recording that is to be an activity of its own."""

    recording: Name


class Prefer(Shape):
    """Which recording (null: none in particular) gives a field or channel; `*` stands for all."""

    name: Name
    recording: Name | None


class OrderPreview(BaseModel):
    """How many activities an order of sources would change, how many of them in their name, and open proposals."""

    activities: int
    names: int
    proposals: int


class SourceOrder(Shape):
    """Sources, the most trusted first."""

    order: list[Name] = Field(max_length=40)
