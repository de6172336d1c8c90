"""The secret of a signed-in account, and where it is stored."""

from collections.abc import Callable
from typing import Any, Protocol

type Secret = dict[str, Any]


class SecretStore(Protocol):
    """Where a connection's secret lies, shared by every process: only one renews it at a time."""

    def read(self) -> Secret:
        """Return the secret as it is now."""
        ...

    def renew(self, renewed: Callable[[Secret], Secret]) -> Secret:
        """Replace the secret by what `renewed` makes of the one that is stored now, and return it."""
        ...
