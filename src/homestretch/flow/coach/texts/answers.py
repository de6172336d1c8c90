"""The shapes of a model's answers. Their descriptions are sent with the request."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from homestretch.coach.checking.kind import kinds
from homestretch.model.coach.rule import Param

Text = Annotated[str, Field(max_length=600, description="Plain words; every quantity as a reference in braces.")]
Reference = Annotated[str, Field(max_length=70, description="A reference without braces, such as m:load.")]
Word = Annotated[str, Field(max_length=60)]


class Answer(BaseModel):
    """What all answers have together."""

    model_config = ConfigDict(extra="ignore")


class PointAnswer(Answer):
    """One point: a text, whether it is good, to watch or neutral, and every reference that its text uses."""

    text: Text
    tone: Literal["good", "watch", "neutral"] = "neutral"
    evidence: list[Reference] = Field(default_factory=list, max_length=12)


class ChangeAnswer(Answer):
    """A change of the plan: move a session (id) to a day, drop it, replace it by a template or `easy`, scale it by a
    factor, or add a template on the day `to`. Ids are the values of p:next.N, templates those of p:template.
    """

    op: Literal["move", "drop", "replace", "scale", "add"]
    id: Word | None = None
    to: Annotated[str | None, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] = None
    template: Annotated[str | None, Field(max_length=20)] = None
    minutes: Annotated[int | None, Field(ge=10, le=720)] = None
    factor: Annotated[float | None, Field(ge=0.2, le=2)] = None
    why: Text = ""


class ReviewAnswer(Answer):
    """A review: a headline, at most five points, at most three changes, and what is missing."""

    headline: Text
    points: list[PointAnswer] = Field(default_factory=list, max_length=5)
    question: Text | None = None
    operations: list[ChangeAnswer] = Field(default_factory=list, max_length=3)
    unknown: list[Annotated[str, Field(max_length=200)]] = Field(default_factory=list, max_length=6)


class ExplanationAnswer(Answer):
    """An explanation: a headline, at most five points, and what is missing."""

    headline: Text
    points: list[PointAnswer] = Field(default_factory=list, max_length=5)
    unknown: list[Annotated[str, Field(max_length=200)]] = Field(default_factory=list, max_length=6)


class ChangesAnswer(Answer):
    """Changes of a plan, or none, and why."""

    why: Text
    operations: list[ChangeAnswer] = Field(default_factory=list, max_length=12)
    unknown: list[Annotated[str, Field(max_length=200)]] = Field(default_factory=list, max_length=6)


def _kinds() -> str:
    """Return every kind of rule with its parameters, on one line."""
    return "; ".join(
        f"{kind.key}({', '.join(field.key + ('|null' if field.may_be_null else '') for field in kind.fields)})"
        for kind in kinds().values()
    )


class DraftAnswer(Answer):
    """A rule: the number of its part, its kind, severity and parameters, and one question for each null."""

    part: Annotated[int, Field(ge=1, le=60, description="N of n:part.N.")] = 1
    kind: Annotated[str, Field(max_length=40, description=_kinds())]
    severity: Literal["must", "should"] = "must"
    params: dict[str, Param] = Field(default_factory=dict)
    scope: dict[str, Param] | None = Field(None, description="from, to (dates), sports, every_weeks.")
    questions: list[Annotated[str, Field(max_length=200)]] = Field(default_factory=list, max_length=4)


class QuestionAnswer(Answer):
    """A question about a part that gives no rule as it is, or about parts that contradict each other."""

    part: Annotated[int, Field(ge=1, le=60)] = 1
    text: Annotated[str, Field(max_length=200)]


class RulesAnswer(Answer):
    """The rules of all parts, and what is still to be asked."""

    rules: list[DraftAnswer] = Field(default_factory=list, max_length=40)
    questions: list[QuestionAnswer] = Field(default_factory=list, max_length=20)
