"""What is sent about spreadsheets."""

from pydantic import Field

from homestretch.api.shapes.base import Shape


class SheetPreviewRequest(Shape):
    """Settings to try, over those that are set; null takes one back."""

    settings: dict[str, str | float | bool | None] = Field(default_factory=dict)
