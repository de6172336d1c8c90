"""Whose data a question is about; every query takes one."""

from dataclasses import dataclass

from homestretch.errors import Forbidden
from homestretch.model.rights import RIGHTS, USUALLY_SEEN, Role, Seen
from homestretch.model.terms import Use


@dataclass(frozen=True, slots=True)
class Scope:
    """One athlete's data, in the hands of an account (None: the system itself) with a role, for a use.

    `sees` is what a viewer is shown besides activities. What the terms of its source forbid to use so is not there.
    """

    athlete_id: int
    account_id: int | None = None
    role: Role = "owner"
    use: Use = "show"
    sees: frozenset[Seen] = USUALLY_SEEN

    def may(self, right: str) -> bool:
        """Return whether the role has a right, by its name in RIGHTS."""
        return RIGHTS[right].is_had(self.role, self.sees)

    def must(self, right: str) -> None:
        """Raise Forbidden unless the role has a right, by its name in RIGHTS."""
        if not self.may(right):
            raise Forbidden(action=RIGHTS[right].action)
