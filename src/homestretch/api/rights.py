"""Which right each operation of the API needs: every router says so in its `RIGHTS`.

What roles have a right is in `model/rights.py`; `docs/roles.md` shows roles and rights.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from fastapi.routing import APIRoute

from homestretch import registry
from homestretch.model.rights import ACCESS, RIGHTS

ROUTERS = "homestretch.api.routers"


@cache
def needed() -> Mapping[str, str]:
    """Return the right that each operation needs, by the operation's id.

    Raises TypeError if two routers have an operation of one name: one would be given the other's right.
    """
    rights: dict[str, str] = {}
    for name in registry.leaf_names(ROUTERS):
        own: Mapping[str, str] = registry.load(ROUTERS, name).RIGHTS
        if twice := rights.keys() & own.keys():
            raise TypeError(f"{ROUTERS}.{name} has operations of another router: {', '.join(sorted(twice))}")
        rights |= own
    return rights


def check_rights(routes: Iterable[object]) -> None:
    """Raise TypeError if an operation has no right, or one that does not exist: then the server does not start."""
    for route in routes:
        if isinstance(route, APIRoute) and needed().get(route.name) not in {*RIGHTS, *ACCESS}:
            raise TypeError(f"{route.name} needs an entry in the RIGHTS of its router")
