"""What is sent about rules of training."""

from typing import Annotated, Literal

from pydantic import Field

from homestretch.api.shapes.base import Shape
from homestretch.model.coach.rule import Origin, Param, Rule

Words = Annotated[str, Field(max_length=400)]


class RuleBody(Shape):
    """A rule; without an id it is a new one. `params` are as its kind has them; null there means not known yet."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]{0,40}$")] = ""
    kind: Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
    severity: Literal["must", "should"] = "must"
    weight: int = Field(3, ge=1, le=5)
    params: dict[str, Param] = Field(default_factory=dict)
    scope: dict[str, Param] | None = None
    text: Words = ""
    origin: Origin = "athlete"
    off: bool = False

    def rule(self) -> Rule:
        """Return the rule."""
        return Rule(
            id=self.id,
            kind=self.kind,
            severity=self.severity,
            params=self.params,
            text=self.text,
            weight=self.weight,
            scope=self.scope or None,
            origin=self.origin,
            off=self.off,
        )


Bodies = Annotated[list[RuleBody], Field(max_length=200)]


class RulesBody(Shape):
    """All the rules there are to be; `parent` is the version that they were made from."""

    rules: Bodies
    why: Words = ""
    parent: int | None = Field(None, ge=0, le=1_000_000)


class RulesQuestion(Shape):
    """Words, or rules of a form, of which to say what they would mean."""

    text: Annotated[str, Field(max_length=20_000)] | None = None
    rules: Bodies = Field(default_factory=list)
