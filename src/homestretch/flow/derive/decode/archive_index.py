"""An archive's own list of the files beside it: their names, whichever of them is read first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from itertools import batched
from typing import Any

from sqlalchemy import Row, delete, exists, func, select, update

from homestretch.flow.derive.decode.decode_original import DecodeResult
from homestretch.formats.strava_archive import KEY, member
from homestretch.model.health.measurement import Title
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.arrivals import in_force
from homestretch.store.tables.derived import listed, recordings, titles
from homestretch.store.tables.kept import arrivals

PORTION = 500
_FIELDS = tuple(field.name for field in fields(Title))


def keep_lists(session: Writer, athlete_id: int, prepared: Sequence[DecodeResult]) -> list[int]:
    """Keep the names in lists, and return the recordings whose names changed by that."""
    lists = [one for one in prepared if one.titles]
    if not lists:
        return []
    session.run(delete(listed).where(_of(athlete_id), listed.c.digest.in_([one.digest for one in lists])))
    for one in lists:
        of = {"athlete_id": athlete_id, "digest": one.digest, "source": one.format}
        session.put(listed, [{**of, "path": one.files.get(title.key), **_title_row(title)} for title in one.titles])
    return put_titles(session, athlete_id)


def forget_lists(session: Writer, athlete_id: int, digests: Sequence[str]) -> list[int]:
    """Forget these lists, and return the recordings whose names changed by that."""
    if not session.scalar(select(exists().where(_of(athlete_id)))):
        return []
    session.run(delete(listed).where(_of(athlete_id), listed.c.digest.in_(digests)))
    return put_titles(session, athlete_id)


def name_members(session: Writer, athlete_id: int) -> list[int]:
    """Write down of files which activities of a list they are, and return the recordings that have names since.

    Strava numbers its uploads once for all, so it does not matter by which import list and file came, or when.
    """
    if not session.scalar(select(exists().where(_of(athlete_id)))):
        return []
    mine = (arrivals.c.athlete_id == athlete_id) & (arrivals.c.provider == "file")
    rows = session.rows(
        select(arrivals.c.id, arrivals.c.path, arrivals.c.digest).where(
            mine, arrivals.c.path.contains("activities/"), arrivals.c.purged_ms.is_(None)
        )
    )
    named = {row.id: (path, row.digest) for row in rows if (path := member(row.path)) is not None}
    keys = _keys(session, athlete_id, {path for path, _ in named.values()})
    digests = set()
    for number, (path, digest) in named.items():
        key = keys.get(_unpacked(path))
        if key is not None:
            known = {"provider": KEY, "provider_key": key}
            session.run(update(arrivals).where(arrivals.c.id == number).values(known))
            digests.add(digest)
    return _recordings(session, athlete_id, digests)


def _of(athlete_id: int) -> Any:
    return listed.c.athlete_id == athlete_id


def _keys(reader: Reader, athlete_id: int, paths: Iterable[str]) -> Mapping[str, str]:
    """Return the keys of activities by the paths of their files, `.gz` left out.

    Lists name files as they were sent; some programs unpack what is packed within an archive.
    """
    found: dict[str, str] = {}
    both = {name for path in paths for name in (_unpacked(path), f"{_unpacked(path)}.gz")}
    for part in batched(sorted(both), PORTION):
        query = select(listed.c.path, listed.c.key).where(_of(athlete_id), listed.c.path.in_(part))
        found |= {_unpacked(row.path): row.key for row in reader.rows(query)}
    return found


def _unpacked(path: str) -> str:
    return path.removesuffix(".gz")


def put_titles(session: Writer, athlete_id: int) -> list[int]:
    """Put what lists call activities; return the recordings that are named again.

    Of several lists the newest has the word: the one that knows the last activity, for Strava counts them up. Where two
    know the same last one, only the person who brings the second one later says which is newer.
    """
    came = (arrivals.c.athlete_id == athlete_id) & (arrivals.c.digest == listed.c.digest)
    active = came & in_force()
    last = select(func.max(arrivals.c.batch_id)).where(active).scalar_subquery()
    rows = session.rows(select(listed, last.label("last")).where(_of(athlete_id)))
    newest: dict[str, tuple[int, str]] = {}
    for row in rows:
        newest[row.digest] = max(newest.get(row.digest, (0, "")), (len(row.key), row.key))
    ordered = sorted(rows, key=lambda row: (newest[row.digest], row.last or 0, row.digest))
    now = {row.key: _title(row) for row in ordered}
    mine = (titles.c.athlete_id == athlete_id) & (titles.c.source == KEY)
    before = {row.key: _title(row) for row in session.rows(select(titles).where(mine))}
    changed = sorted(key for key in before.keys() | now.keys() if before.get(key) != now.get(key))
    if not changed:
        return []
    session.run(delete(titles).where(mine))
    session.put(titles, [{"athlete_id": athlete_id, "source": KEY, **_title_row(title)} for title in now.values()])
    called = (arrivals.c.athlete_id == athlete_id) & (arrivals.c.provider == KEY)
    digests = {
        row.digest
        for part in batched(changed, PORTION)
        for row in session.rows(select(arrivals.c.digest).where(called, arrivals.c.provider_key.in_(part)))
    }
    return _recordings(session, athlete_id, digests)


def _title(row: Row[Any]) -> Title:
    return Title(**{name: getattr(row, name) for name in _FIELDS})


def _title_row(title: Title) -> dict[str, Any]:
    return {name: getattr(title, name) for name in _FIELDS}


def _recordings(reader: Reader, athlete_id: int, digests: Iterable[str]) -> list[int]:
    mine = recordings.c.athlete_id == athlete_id
    query = select(recordings.c.id).where(mine)
    return [
        row.id
        for part in batched(sorted(digests), PORTION)
        for row in reader.rows(query.where(recordings.c.digest.in_(part)))
    ]
