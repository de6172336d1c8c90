"""Which stored recordings may be one workout with some that changed, and what they are to each other."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, or_, select

from homestretch.merge.features import Features, dated
from homestretch.merge.match import WINDOW_MS, Matched, Said, last_ms, match, related
from homestretch.merge.rules import FURTHEST_MS, LONGEST_MS, QUARTER_MS, SHIFT_LENGTH, SHIFT_SLACK_MS
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.arrivals import forbidden, in_force
from homestretch.store.queries.edits import PORTION, said_of_pairs
from homestretch.store.tables.derived import activities, known_as, pairs, recordings
from homestretch.store.tables.kept import arrivals

#: What a source is called, after a provider, that has the provider's own keys.
SAME_KEYS = ("_archive", "_export")
#: Before the name of what pieces make.
TOGETHER = "together:"

type Rows = Mapping[int, Row[Any]]
type Span = tuple[int, int, int, bool]


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Recordings by id that may be one workout with each other, and where each original is from: (source, its key)."""

    rows: Rows
    came: Mapping[str, frozenset[tuple[str, str | None]]]
    said: Said

    @classmethod
    def of(cls, session: Writer, athlete_id: int, recording_ids: Sequence[int]) -> "Neighbourhood":
        """Return the recordings with all that are related to them, directly or through others.

        Only these are compared with what is near. Relations between unchanged recordings stay as they were stored.
        """
        said = said_of_pairs(session, athlete_id)
        changed = _rows(session, athlete_id, recording_ids)
        found = changed | _related(session, athlete_id, changed)
        fresh = found
        while fresh:
            linked = _linked(session, athlete_id, list(fresh.values()), said.keys())
            fresh = _rows(session, athlete_id, sorted(linked - found.keys()))
            found |= fresh
        joined = frozenset(pair for pair, one in said.items() if one)
        apart = frozenset(pair for pair, one in said.items() if not one)
        return cls(found, came_by(session, athlete_id, [row.digest for row in found.values()]), Said(joined, apart))

    def match(self, session: Writer, athlete_id: int) -> Matched:
        """Judge the recordings, and write down what they are to each other.

        Those whose terms forbid linking them stay activities of their own.
        """
        apart = forbidden(session, athlete_id, {row.digest for row in self.rows.values()}, "link")
        linkable = (row for row in self.rows.values() if row.digest not in apart)
        found = match((_features(row, self.came) for row in linkable), self.said)
        found.groups.extend([row.key] for row in self.rows.values() if row.digest in apart)
        ids = {row.key: row.id for row in self.rows.values()}
        forget_pairs(session, list(self.rows))
        session.put(
            pairs,
            [
                {
                    "a": ids[pair.a],
                    "b": ids[pair.b],
                    "athlete_id": athlete_id,
                    "verdict": pair.match.verdict.value,
                    "rule": pair.match.rule,
                    "score": pair.match.score,
                    "shift_s": pair.match.shift_s,
                    "details": dict(pair.match.details),
                }
                for pair in found.pairs
            ],
        )
        return found

    def sources(self, row: Row[Any]) -> frozenset[str]:
        """Return the sources that a recording came from, by key; `file` for an import."""
        return frozenset(source for source, _ in self.came.get(row.digest, ()))


def space(source: str) -> str:
    """Return whose keys a source uses: an archive that a provider hands out has the provider's own."""
    return next((source.removesuffix(one) for one in SAME_KEYS if source.endswith(one)), source)


def chain_key(pair: Iterable[str]) -> str:
    """Return the recording key for the pieces of one workout together; made when a person joins them."""
    return TOGETHER + "+".join(sorted(pair))


def joined_keys(key: str) -> list[str]:
    """Return the keys of the parts that such a name joins."""
    return key.removeprefix(TOGETHER).split("+")


def related_ids(reader: Reader, recording_ids: Sequence[int]) -> set[int]:
    """Return the recordings of the pairs, not distinct by the rules, that have one of these."""
    found: set[int] = set()
    for ids in portions(recording_ids):
        duos = select(pairs.c.a, pairs.c.b).where(or_(pairs.c.a.in_(ids), pairs.c.b.in_(ids)))
        found |= {one for pair in reader.rows(duos) for one in pair}
    return found


def forget_pairs(session: Writer, recording_ids: Sequence[int]) -> None:
    """Drop what recordings are to others."""
    for ids in portions(recording_ids):
        session.run(delete(pairs).where(or_(pairs.c.a.in_(ids), pairs.c.b.in_(ids))))


def came_by(reader: Reader, athlete_id: int, digests: Iterable[str]) -> dict[str, frozenset[tuple[str, str | None]]]:
    """Return the provenance of each original today: (source, its key)."""
    query = select(arrivals.c.digest, arrivals.c.provider, arrivals.c.provider_key).where(
        arrivals.c.athlete_id == athlete_id, in_force()
    )
    found: dict[str, set[tuple[str, str | None]]] = {}
    for portion in portions(sorted(set(digests))):
        for row in reader.rows(query.where(arrivals.c.digest.in_(portion))):
            found.setdefault(row.digest, set()).add((row.provider, row.provider_key))
    return {digest: frozenset(came) for digest, came in found.items()}


def _features(row: Row[Any], came: Mapping[str, frozenset[tuple[str, str | None]]]) -> Features:
    known = {f"{space(source)}/{key}" for source, key in came.get(row.digest, ()) if key is not None}
    features = Features(**{**row.features, "keys": tuple(sorted(known.union(row.features["keys"])))})
    return dated(features, row.start_ms, row.date_only)


def _rows(session: Reader, athlete_id: int, ids: Sequence[int]) -> dict[int, Row[Any]]:
    columns = [c for c in recordings.c if c.name != "detail"]
    found = (row for part in portions(ids) for row in session.rows(_with(athlete_id, "id", part, *columns)))
    return {row.id: row for row in found}


def _related(session: Reader, athlete_id: int, changed: Rows) -> dict[int, Row[Any]]:
    """Return the others that the rules relate to one of the changed, among those that are near or alike."""
    files = sorted({row.file_key for row in changed.values()} - {None})
    near = _in_time(session, athlete_id, list(changed.values()))
    for part in portions(files):
        near |= {row.id for row in session.rows(_with(athlete_id, "file_key", part, recordings.c.id))}
    came = came_by(session, athlete_id, [row.digest for row in changed.values()])
    features = [_features(row, came) for row in changed.values()]
    near |= _known_as(session, athlete_id, {name for one in features for name in one.keys})
    others = _rows(session, athlete_id, sorted(near - changed.keys()))
    if not others:
        return {}
    came = came_by(session, athlete_id, [row.digest for row in others.values()])
    features += [_features(row, came) for row in others.values()]
    keys = related({row.key for row in changed.values()}, features)
    return {at: row for at, row in others.items() if row.key in keys}


def _known_as(session: Reader, athlete_id: int, names: Set[str]) -> set[int]:
    """Return the recordings with any of these names at providers, by their own names or by how they arrived."""
    found: set[int] = set()
    for part in portions(sorted(names)):
        mine = (known_as.c.athlete_id == athlete_id) & known_as.c.name.in_(part)
        found |= {row.recording_id for row in session.rows(select(known_as.c.recording_id).where(mine))}
        providers = {name.partition("/")[0] + suffix for name in part for suffix in ("", *SAME_KEYS)}
        keys = [name.partition("/")[2] for name in part]
        by = (arrivals.c.athlete_id == athlete_id, arrivals.c.provider.in_(sorted(providers)))
        query = select(arrivals.c.digest, arrivals.c.provider, arrivals.c.provider_key)
        rows = session.rows(query.where(*by, arrivals.c.provider_key.in_(keys)))
        digests = {row.digest for row in rows if f"{space(row.provider)}/{row.provider_key}" in names}
        for few in portions(sorted(digests)):
            found |= {row.id for row in session.rows(_with(athlete_id, "digest", few, recordings.c.id))}
    return found


def _linked(session: Reader, athlete_id: int, rows: Sequence[Row[Any]], said: Iterable[frozenset[str]]) -> set[int]:
    """Return the recordings that are something to any of the rows as things stand: by word, activity or rule, or legs.

    Those of a file that only stand beside each other in it, as in a list of twenty years, are nothing to each other.
    """
    keys = {row.key for row in rows}
    legs = {row.digest for row in rows if row.summary["part"] is not None}
    partners = {key for pair in said if pair & keys for key in pair} - keys
    linked = _beside(session, athlete_id, rows)
    for name, values in (("digest", legs), ("key", partners)):
        for part in portions(sorted(values)):
            linked |= {row.id for row in session.rows(_with(athlete_id, name, part, recordings.c.id))}
    return linked | related_ids(session, [row.id for row in rows])


def _beside(session: Reader, athlete_id: int, rows: Sequence[Row[Any]]) -> set[int]:
    """Return the recordings that are one activity, or legs of one, with the rows."""
    now = sorted({row.activity_id for row in rows} - {None})
    near: set[int] = set()
    for portion in portions(now):
        parents = select(activities.c.parent_id).where(
            activities.c.id.in_(portion), activities.c.parent_id.is_not(None)
        )
        legs = select(activities.c.id).where(activities.c.parent_id.in_(parents) | activities.c.parent_id.in_(portion))
        mine = select(recordings.c.id).where(recordings.c.athlete_id == athlete_id)
        for these in (portion, legs, parents):
            near |= {row.id for row in session.rows(mine.where(recordings.c.activity_id.in_(these)))}
    return near


def _in_time(session: Reader, athlete_id: int, rows: Sequence[Row[Any]]) -> set[int]:
    """Return the recordings that overlap any of the rows, or that a wrong zone or a day alone may keep apart."""
    spans = merged((row.start_ms, last_ms(row.start_ms, row.end_ms)) for row in rows)
    ends = [end for _, end in spans]
    mine = sorted((row.start_ms, row.end_ms, row.id, row.date_only) for row in rows)
    starts = [one[0] for one in mine]
    table = recordings.c
    around = select(table.id, table.start_ms, table.end_ms, table.date_only).where(table.athlete_id == athlete_id)
    windows = [(begin - LONGEST_MS, end) for begin, end in spans]
    windows += [(start - WINDOW_MS, start + WINDOW_MS) for start in starts]
    near: set[int] = set()
    for begin, end in merged(windows):
        for row in session.rows(around.where(table.start_ms.between(begin, end))):
            at = bisect_left(ends, row.start_ms)
            if at < len(spans) and spans[at][0] <= last_ms(row.start_ms, row.end_ms):
                near.add(row.id)
                continue
            low, high = bisect_left(starts, row.start_ms - WINDOW_MS), bisect_right(starts, row.start_ms + WINDOW_MS)
            if any(_may_match(one, row) for one in mine[low:high]):
                near.add(row.id)
    return near


def _may_match(one: Span, row: Row[Any]) -> bool:
    """Return whether two that do not overlap are to be compared (see `merge.match.may_match`)."""
    start_ms, end_ms, _, date_only = one
    if date_only or row.date_only:
        return True
    ds = abs(row.start_ms - start_ms)
    lengths = sorted((end_ms - start_ms, row.end_ms - row.start_ms))
    near = ds <= FURTHEST_MS + SHIFT_SLACK_MS and min(ds % QUARTER_MS, -ds % QUARTER_MS) <= SHIFT_SLACK_MS
    return bool(near and lengths[0] >= SHIFT_LENGTH * lengths[1])


def _with(athlete_id: int, name: str, values: Sequence[Any], *columns: Any) -> Any:
    return select(*columns).where(recordings.c.athlete_id == athlete_id, recordings.c[name].in_(values))


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans (begin, end) in order, those that touch as one."""
    found: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def portions[T](values: Sequence[T]) -> Iterable[Sequence[T]]:
    """Return the values in portions that a statement may name at once."""
    return (values[at : at + PORTION] for at in range(0, len(values), PORTION))


def united(legs: Mapping[str, set[int]]) -> list[tuple[list[str], set[int]]]:
    """Return the parents whose legs are in part the same as one: their keys, and all the legs."""
    found: list[tuple[list[str], set[int]]] = []
    for key in sorted(legs):
        keys, members = [key], set(legs[key])
        for other in [one for one in found if one[1] & members]:
            found.remove(other)
            keys, members = other[0] + keys, members | other[1]
        found.append((keys, members))
    return found
