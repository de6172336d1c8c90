"""What is sent about workouts."""

from typing import Annotated

from pydantic import Field, model_validator

from homestretch.api.shapes.base import Shape
from homestretch.model.coach.workout import (
    EndUnit,
    Quantity,
    Repeat,
    Step,
    StepKind,
    Steps,
    Target,
    TargetKind,
    Workout,
)

type Tag = Annotated[str, Field(min_length=1, max_length=200)]
type Rate = Annotated[float, Field(gt=0, le=300)]


class TargetShape(Shape):
    """What to hold, from `low` to `high`; a `ramp` goes from one to the other. `of` is null only for RPE."""

    kind: TargetKind
    low: float = Field(ge=0, le=5000)
    high: float = Field(ge=0, le=5000)
    of: Quantity | None = None
    ramp: bool = False


class EndShape(Shape):
    """When a step ends: `value` is null only at the lap button."""

    unit: EndUnit
    value: float | None = Field(None, gt=0, le=1_000_000)


class StepShape(Shape):
    """A step, with `kind` and `end`; or, with `repeat` and `steps`, steps that are done so many times."""

    kind: StepKind | None = None
    end: EndShape | None = None
    target: TargetShape | None = None
    cadence: Annotated[list[Rate], Field(min_length=2, max_length=2)] | None = None
    cue: str | None = Field(None, max_length=200)
    sport: str | None = Field(None, max_length=20)
    repeat: int | None = Field(None, ge=1, le=200)
    steps: Annotated[list["StepShape"], Field(max_length=200)] | None = None

    @model_validator(mode="after")
    def _is_one_of_two(self) -> "StepShape":
        repeated = self.repeat is not None and self.steps is not None
        if repeated == (self.kind is not None and self.end is not None):
            raise ValueError("a step has a kind and an end, or a repeat and steps")
        return self

    def noun(self) -> Step | Repeat:
        """Return the step or the repeat."""
        if self.repeat is not None and self.steps is not None:
            return Repeat(self.repeat, tuple(step.noun() for step in self.steps))
        if self.kind is None or self.end is None:
            raise ValueError("a step has a kind and an end")
        target = self.target
        return Step(
            kind=self.kind,
            end=self.end.unit,
            end_value=self.end.value,
            target=None if target is None else Target(target.kind, target.low, target.high, target.of, target.ramp),
            cadence=None if self.cadence is None else (self.cadence[0], self.cadence[1]),
            cue=self.cue or None,
            sport=self.sport,
        )


class WorkoutShape(Shape):
    """A workout; whether it is `hard` is found from its steps where that is null."""

    name: str = Field(min_length=1, max_length=200)
    sport: str = Field(max_length=20)
    description: str | None = Field(None, max_length=20_000)
    tags: list[Tag] = Field([], max_length=20)
    hard: bool | None = None
    steps: list[StepShape] = Field(min_length=1, max_length=500)

    def noun(self) -> Workout:
        """Return the workout."""
        steps: Steps = tuple(step.noun() for step in self.steps)
        return Workout(self.name, self.sport, steps, self.description or None, tuple(self.tags))
