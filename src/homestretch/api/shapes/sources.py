"""What is sent about sources: sign-ins, settings, syncs."""

from datetime import date
from typing import Annotated

from pydantic import Field

from homestretch.api.shapes.base import Shape

type Answers = Annotated[dict[str, Annotated[str, Field(max_length=20_000)]], Field(max_length=20)]


class NewSignIn(Shape):
    """How to sign in: one of the provider's ways, and the answers to its fields."""

    method: Annotated[str, Field(max_length=40)]
    answers: Answers


class NewConnection(NewSignIn):
    """A provider to sign in to."""

    source: Annotated[str, Field(max_length=40)]


class NewAnswer(Shape):
    """Answers to the open question."""

    answers: Answers


class ConnectionChange(Shape):
    """What changes; a schedule of null means by hand only."""

    settings: dict[str, str | float | bool | None] | None = None
    schedule: Annotated[str, Field(max_length=100)] | None = None
    paused: bool | None = None


class NewSync(Shape):
    """What a sync by hand looks at again; nothing given: as by schedule."""

    since: date | None = None
    until: date | None = None
    backfill: bool = False


class Again(Shape):
    """Days to fetch again, of one kind or of all."""

    since: date
    until: date
    kind: Annotated[str, Field(max_length=40)] | None = None
