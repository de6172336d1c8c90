"""Where a recording came from: the sources, and its address there."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from homestretch.model.documents.activity import ProvenanceOf
from homestretch.sources.base import Source
from homestretch.sources.registry import sources
from homestretch.store.database import Reader
from homestretch.store.queries.arrivals import in_force
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import arrivals


@dataclass(frozen=True, slots=True)
class Provenance:
    """How an original came: the source (`file` for an import), its key there, the path that it came by."""

    source: str
    key: str | None
    path: str

    @property
    def url(self) -> str | None:
        """Where the activity is at its provider."""
        return page_of(self.source, self.key)

    def shown(self) -> ProvenanceOf:
        """Return it as doors show it."""
        return {"source": self.source, "key": self.key, "url": self.url, "path": self.path}


def owner_of(source: str) -> Source | None:
    """Return whose keys these are: an archive's are those of the provider that wrote it; None of a file."""
    return sources().get(source) or sources().get(source.rpartition("_")[0])


def page_of(source: str, key: str | None) -> str | None:
    """Return where a provider shows an activity, by the source and its key, or None."""
    described = owner_of(source)
    if described is None or key is None or not described.page:
        return None
    return described.page.format(key=key)


def provenance_of(reader: Reader, scope: Scope, digests: Sequence[str]) -> dict[str, list[Provenance]]:
    """Return where the originals came from, by digest, the first source first, without what was undone or deleted."""
    query = select(arrivals).where(
        arrivals.c.athlete_id == scope.athlete_id,
        arrivals.c.digest.in_(digests),
        in_force(),
    )
    found: dict[str, list[Provenance]] = {}
    for row in reader.rows(query.order_by(arrivals.c.id)):
        one = Provenance(row.provider, row.provider_key, row.path)
        known = found.setdefault(row.digest, [])
        if (one.source, one.key) not in {(other.source, other.key) for other in known}:
            known.append(one)
    return found
