"""Which right each operation of the API needs: every router says so in its `RIGHTS`.

What roles have a right is in `model/rights.py`; `docs/roles.md` has both in one picture.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from fastapi.routing import APIRoute

from homestretch import registry
from homestretch.model.rights import ACCESS, RIGHTS

ROUTERS = "homestretch.api.routers"


@cache
def needed() -> Mapping[str, str]:
    """Return the right that each operation needs, by the operation's id."""
    own = (registry.load(ROUTERS, name).RIGHTS for name in registry.leaf_names(ROUTERS))
    return {operation: right for rights in own for operation, right in rights.items()}


def check_rights(routes: Iterable[object]) -> None:
    """Raise TypeError if an operation has no right, or one that does not exist: then the server does not start."""
    for route in routes:
        if isinstance(route, APIRoute) and needed().get(route.name) not in {*RIGHTS, *ACCESS}:
            raise TypeError(f"{route.name} needs an entry in the RIGHTS of its router")
