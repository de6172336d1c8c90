"""What is sent about recordings that are, or may be, one workout."""

from typing import Annotated, Literal

from pydantic import Field

from homestretch.api.shapes.base import Shape
from homestretch.views.activities.matches import MOST

Name = Annotated[str, Field(min_length=1, max_length=80)]


class Pair(Shape):
    """Two recordings, by their ids."""

    a: Name
    b: Name


class ReviewAnswers(Shape):
    """A person's answer about pairs of recordings: each is one workout, or two."""

    pairs: list[Pair] = Field(min_length=1, max_length=MOST)
    answer: Literal["one", "two"]


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


class SourceOrder(Shape):
    """Sources, the most trusted first."""

    order: list[Name] = Field(max_length=40)
