"""What is sent about corrections of an activity's samples."""

from typing import Any

from pydantic import Field

from homestretch.api.shapes.base import Shape
from homestretch.model.documents.activity import LapLabel


class LapStart(Shape):
    """Where a lap starts, in seconds since the activity's start, and what it was."""

    at: float
    label: LapLabel | None = None


class CorrectionBody(Shape):
    """A correction and the values that it asks for; times are seconds since the activity's start."""

    correction: str = Field(max_length=40)
    values: dict[str, float | str | list[list[float]] | list[LapStart] | None] = Field(max_length=20)

    def plain(self) -> dict[str, Any]:
        """Return the values that are given."""
        return {name: value for name, value in self.model_dump()["values"].items() if value is not None}
