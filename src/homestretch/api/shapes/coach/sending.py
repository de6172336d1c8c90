"""What is sent about sessions that leave, and about the calendar."""

from typing import Annotated

from pydantic import Field

from homestretch.api.shapes.base import Shape

Id = Annotated[str, Field(min_length=1, max_length=60)]


class SessionsToSend(Shape):
    """Sessions to send: to a source or connection (by default every one), of the next days, or one.

    What is at a provider and differs from the plan is always among them, unless one session is named.
    """

    to: Id | None = None
    days: int | None = Field(None, ge=0, le=400)
    session: Id | None = None


class NewCalendar(Shape):
    """A new address for the calendar; with `notes` it has the steps and notes of the sessions."""

    notes: bool = False
