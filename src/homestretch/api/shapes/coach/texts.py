"""What is asked of the coach in words: texts, decisions about what they suggest, and questions."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from homestretch.api.shapes.base import Shape

Day = Annotated[date, Field(ge=date(1990, 1, 1), le=date(2100, 12, 31))]
Id = Annotated[str, Field(min_length=1, max_length=60)]
Words = Annotated[str, Field(max_length=2_000)]


class NewText(Shape):
    """A text to write: of a `workout` (`activity`), a `week` (`day`, by default today), an `explanation` of a plan, a
    `change` by `words` (`plan` and `version`, by default those in force), or `rules` from `words`.
    """

    kind: Literal["workout", "week", "explanation", "change", "rules"]
    activity: Id | None = None
    day: Day | None = None
    plan: Id | None = None
    version: int | None = Field(None, ge=1, le=1_000_000)
    words: Words = ""

    @model_validator(mode="after")
    def _has_its_subject(self) -> "NewText":
        if self.kind == "workout" and self.activity is None:
            raise ValueError("a review of a workout needs its activity")
        if self.kind in ("change", "rules") and not self.words.strip():
            raise ValueError(f"{self.kind} needs words")
        return self


class TextDecision(Shape):
    """A decision about the changes that a text suggests: all of them, or those with these numbers, from 0."""

    decision: Literal["approve", "reject"]
    changes: list[Annotated[int, Field(ge=0, le=30)]] | None = Field(None, max_length=30)
    why: Annotated[str, Field(max_length=400)] = ""


class ChatQuestion(Shape):
    """A question; without a conversation it begins one."""

    text: Annotated[str, Field(min_length=1, max_length=2_000)]
    conversation: Id | None = None
