"""Whose data a question is about; every query takes one."""

from dataclasses import dataclass
from typing import Literal

from homestretch.errors import Forbidden

type Role = Literal["owner", "editor", "viewer"]


@dataclass(frozen=True, slots=True)
class Scope:
    """One athlete's data, in the hands of an account (None: the system itself) with a role."""

    athlete_id: int
    account_id: int | None = None
    role: Role = "owner"

    def must_edit(self) -> None:
        """Raise Forbidden unless the account may change the athlete's data."""
        if self.role == "viewer":
            raise Forbidden(action="change this athlete's data")

    def must_own(self) -> None:
        """Raise Forbidden unless the account owns the athlete's data."""
        if self.role != "owner":
            raise Forbidden(action="delete this athlete's data for good")
