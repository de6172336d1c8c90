"""The base of every error that a person may meet: the docstring is the message."""

import re
from collections.abc import Iterable
from functools import partial
from typing import Any, ClassVar


class HomestretchError(Exception):
    """Something went wrong."""

    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 1

    def __init__(self, **details: Any) -> None:
        """Fill the class's docstring with `details`, which the doors pass on as they are."""
        self.details = details
        template = " ".join((type(self).__doc__ or "").split())
        super().__init__(template.format(**details))

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes as what it was made of."""
        return partial(type(self), **self.details), ()

    @property
    def code(self) -> str:
        """The error's stable name for programs, such as `not-found`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", type(self).__name__).lower()


class BadRequest(HomestretchError):
    """{reason}"""

    status = 400
    exit_code = 2


def unknown(what: str, word: str, choices: Iterable[str]) -> BadRequest:
    """Return the error for an unknown word, with the nearest of the choices."""
    from difflib import get_close_matches

    near = get_close_matches(word.strip().lower().replace(" ", "_"), sorted(choices), 1, 0.5)
    hint = f". Did you mean {near[0]}?" if near else "."
    return BadRequest(reason=f"Unknown {what}: {word[:40]}{hint}")


class NotFound(HomestretchError):
    """No {what} {id} was found."""

    status = 404


class SignInNeeded(HomestretchError):
    """Sign in first."""

    status = 401
    exit_code = 3


class ConfirmIdentity(HomestretchError):
    """Confirm that it is you: sign in again for this change."""

    status = 403
    exit_code = 3


class Forbidden(HomestretchError):
    """You may not {action}."""

    status = 403
    exit_code = 3


class ForbiddenByTerms(HomestretchError):
    """The terms of the service that this recording came from do not allow {action}. Import your own copy of the file
    to do that.
    """

    status = 403


class Conflict(HomestretchError):
    """{reason}"""

    status = 409


class DiskNearlyFull(HomestretchError):
    """The disk of {folder} has only {free_mb} MB free, so nothing was written. Free at least {needed_mb} MB."""

    status = 507


class DuplicateLeaf(HomestretchError):
    """Two modules describe the {kind} {key}: {first} and {second}."""
