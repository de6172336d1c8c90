"""Every provider by its key, and what its terms allow."""

from functools import cache

from homestretch.model.terms import FREE, Terms, Use
from homestretch.registry import leaf_names, load
from homestretch.sources.base import Source


@cache
def sources() -> dict[str, Source]:
    """Return every provider by key."""
    names = leaf_names("homestretch.sources", folders=True)
    found = [load("homestretch.sources", f"{name}.source").SOURCE for name in names]
    return {source.key: source for source in found}


def terms_of(key: str) -> Terms:
    """Return the terms of a source by its key; whatever is no source, such as a file, has none."""
    source = sources().get(key)
    return FREE if source is None else source.terms


def allows(key: str, use: Use, role: str = "owner") -> bool:
    """Return whether the data of a source may be used so for someone with this role towards the athlete."""
    terms = terms_of(key)
    return terms.allows(use) and (role == "owner" or terms.allows("share"))


def forbidding(use: Use) -> list[str]:
    """Return the keys of the sources whose terms forbid a use."""
    return [key for key, source in sources().items() if not source.terms.allows(use)]
