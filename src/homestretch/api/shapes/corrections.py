"""What is sent about corrections of an activity's samples."""

from typing import Any

from pydantic import Field

from homestretch.api.shapes.base import Shape
from homestretch.model.documents.corrections import CorrectionValue


class CorrectionBody(Shape):
    """A correction and the values that it asks for; times are seconds since the activity's start."""

    correction: str = Field(max_length=40)
    values: dict[str, CorrectionValue | None] = Field(max_length=20)

    def plain(self) -> dict[str, Any]:
        """Return the values that are given."""
        return {name: _plain(value) for name, value in self.values.items() if value is not None}


def _plain(value: Any) -> Any:
    return [list(one) if isinstance(one, tuple) else one for one in value] if isinstance(value, list) else value
