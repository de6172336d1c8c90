"""What is sent about changes at sources: which to propose, and proposals by number."""

from typing import Annotated

from pydantic import Field

from homestretch.api.shapes.base import Shape

Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Number = Annotated[str, Field(pattern=r"^\d{1,18}$")]


class NewProposals(Shape):
    """Propose the changes that give sources our values: of a month or an activity, for some connections or fields."""

    month: Month | None = None
    activity: str | None = None
    connections: list[str] = Field(default=[], max_length=50)
    fields: list[str] = Field(default=[], max_length=10)


class Numbers(Shape):
    """Proposals, by number."""

    ids: Annotated[list[Number], Field(min_length=1, max_length=500)]
