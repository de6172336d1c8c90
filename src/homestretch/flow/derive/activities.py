"""From recordings to activities: groups what is one workout, blends it, and lets people's edits have the last word."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update

from homestretch.analysis.zone import offset_at
from homestretch.flow.derive.correct import Correcting, correct, correct_part
from homestretch.flow.derive.decode.archive_index import forget_lists
from homestretch.flow.derive.decode.archive_wellness import forget_days
from homestretch.flow.derive.decode.decode_original import parent_key
from homestretch.flow.derive.gear_assignment import put_gear
from homestretch.flow.derive.matching import Neighbourhood, chain_key, forget_pairs, portions, related_ids, united
from homestretch.flow.derive.measure.measures import forget_measures, mark_stale
from homestretch.flow.derive.naming import best_name, called_by_providers, default_name
from homestretch.flow.derive.starts import begins_at
from homestretch.flow.runtime.athlete_lock import lock_athlete
from homestretch.flow.runtime.watermarks import touch
from homestretch.merge.blend import BlendPreferences, Candidate, blend
from homestretch.merge.match import Matched
from homestretch.model.editable import TAGS, WORKOUT_TYPE
from homestretch.model.figures import HIGHEST, KEYS, SUMMED
from homestretch.model.refusals import spelled
from homestretch.model.sport import GENERIC, MULTISPORT, Sport
from homestretch.store.database import Writer
from homestretch.store.queries.arrivals import forbidden
from homestretch.store.queries.corrected import forget_corrected
from homestretch.store.queries.edits import (
    chosen_of,
    edit_rows,
    fold,
    preferred_sources,
    refused_of,
)
from homestretch.store.queries.identities import redirect
from homestretch.store.queries.samples import Stored
from homestretch.store.queries.splits import PART_KEY, edits_with_parts, split_off
from homestretch.store.queries.tags import forget_tags, put_tags
from homestretch.store.queries.watermarks import CHANGED, MEASURED
from homestretch.store.tables.derived import activities, known_as, outcomes, recordings, streams
from homestretch.store.tables.derived_activities import corrected
from homestretch.store.tables.kept import athletes, identities

_NO_FIGURES = {"start_ms", "reasons", "flags", "version", "sensors", "gear", "gear_name"}

type Values = dict[str, Any]

_MOVE = update(recordings).where(recordings.c.id == bindparam("moved")).values(activity_id=bindparam("to"))


def refresh(session: Writer, athlete_id: int, recording_ids: Sequence[int]) -> list[Values]:
    """Bring the activities up to date that the recordings are in, or now belong in; return their rows."""
    if not recording_ids:
        return []
    lock_athlete(session, athlete_id)
    around = Neighbourhood.of(session, athlete_id, recording_ids)
    touched = around.rows
    if not touched:
        return []
    found = around.match(session, athlete_id)
    batch = _Batch.of(session, athlete_id, around, found)
    by_key = {row.key: row for row in touched.values()}
    rows: dict[int, Values] = {}
    home: dict[int, int] = {}
    for keys in found.groups:
        row = batch.activity([by_key[key] for key in keys])
        rows[row["id"]] = row
        home |= {by_key[key].id: row["id"] for key in keys}
    batch.put_parents(rows, home)
    rows |= {part["id"]: part for whole in list(rows) for part in batch.parts.get(whole, ())}
    moved = [
        {"moved": member, "to": home[member]} for member, row in touched.items() if row.activity_id != home[member]
    ]
    if moved:
        session.run(_MOVE, moved)
    old = {row.activity_id for row in touched.values()} - {None}
    old |= {r.parent_id for r in session.rows(select(activities.c.parent_id).where(activities.c.id.in_(old)))} - {None}
    old |= split_off(session, old)
    session.run(delete(activities).where(activities.c.id.in_(old - rows.keys())))
    forget_tags(session, old - rows.keys())
    forget_measures(session, old - rows.keys())
    session.put(activities, list(rows.values()))
    put_tags(session, list(rows.values()))
    forget_corrected(session, old | rows.keys())
    session.put(corrected, [one for one in batch.corrected if one["activity_id"] in rows])
    put_gear(session, athlete_id, list(rows))
    mark_stale(session, athlete_id, list(rows.values()))
    touch(session, athlete_id, CHANGED, MEASURED)
    return list(rows.values())


def refresh_originals(session: Writer, athlete_id: int, digests: Sequence[str]) -> None:
    """Bring the activities up to date that are made of these originals."""
    mine = select(recordings.c.id).where(recordings.c.athlete_id == athlete_id)
    found = [row.id for part in portions(digests) for row in session.rows(mine.where(recordings.c.digest.in_(part)))]
    refresh(session, athlete_id, found)


def forget(session: Writer, athlete_id: int, digests: Sequence[str]) -> None:
    """Drop everything derived from the originals named, and refresh the activities and recordings related to them."""
    if not digests:
        return
    lock_athlete(session, athlete_id)
    mine = (recordings.c.athlete_id == athlete_id) & recordings.c.digest.in_(digests)
    gone = session.rows(select(recordings.c.id, recordings.c.activity_id).where(mine))
    ids = [row.id for row in gone]
    touched = {row.activity_id for row in gone} - {None}
    parents = select(activities.c.parent_id).where(activities.c.id.in_(touched))
    touched |= {row.parent_id for row in session.rows(parents)} - {None}
    related = related_ids(session, ids).difference(ids)
    forget_pairs(session, ids)
    for table in (streams, known_as):
        session.run(delete(table).where(table.c.recording_id.in_(ids)))
    session.run(delete(recordings).where(recordings.c.id.in_(ids)))
    session.run(delete(outcomes).where(outcomes.c.athlete_id == athlete_id, outcomes.c.digest.in_(digests)))
    legs = select(activities.c.id).where(activities.c.parent_id.in_(touched))
    touched |= {row.id for row in session.rows(legs)}
    touched |= split_off(session, touched)
    left = select(recordings.c.id, recordings.c.activity_id).where(recordings.c.activity_id.in_(touched))
    forget_days(session, athlete_id, digests)
    renamed = forget_lists(session, athlete_id, digests)
    staying = {row.id: row.activity_id for row in session.rows(left)}
    # Of those that stay in an activity the first that was minted, whose id it has from now on.
    successors = {home: one for one, home in sorted(staying.items(), reverse=True)}
    redirect(session, {row.id: successors[row.activity_id] for row in gone if row.activity_id in successors})
    still = sorted({*renamed, *staying, *related})
    session.run(delete(activities).where(activities.c.id.in_(touched)))
    forget_corrected(session, touched)
    left_over = {row["id"] for row in refresh(session, athlete_id, still)}
    forget_tags(session, touched - left_over)
    forget_measures(session, touched - left_over)
    touch(session, athlete_id, CHANGED, MEASURED)


@dataclass(slots=True)
class _Batch:
    """The store's data for making activities, read once for all of them."""

    session: Writer
    athlete_id: int
    home_zone: str | None
    public_ids: Mapping[int, str]
    said: Mapping[str, list[Row[Any]]]
    called: Mapping[str, list[Row[Any]]]
    around: Neighbourhood
    found: Matched
    order: tuple[str, ...]
    #: The originals that terms forbid to blend.
    unblended: Set[str]
    #: The identities of what people split off, by key.
    split: Mapping[str, Row[Any]]
    #: The rows of recordings that people corrected.
    corrected: list[Values] = field(default_factory=list)
    #: The rows of what was split off, by the activity that has the recordings.
    parts: dict[int, list[Values]] = field(default_factory=dict)

    @classmethod
    def of(cls, session: Writer, athlete_id: int, around: Neighbourhood, found: Matched) -> "_Batch":
        home = session.scalar(select(athletes.c.home_zone).where(athletes.c.id == athlete_id))
        rows = list(around.rows.values())
        ids = [row.id for row in rows]
        named = select(identities.c.id, identities.c.public_id)
        public = {r.id: r.public_id for p in portions(ids) for r in session.rows(named.where(identities.c.id.in_(p)))}
        said, split = edits_with_parts(session, athlete_id, [row.key for row in rows])
        called = called_by_providers(session, athlete_id, [row.digest for row in rows])
        order = preferred_sources(session, athlete_id)
        unblended = forbidden(session, athlete_id, {row.digest for row in rows}, "blend")
        return cls(session, athlete_id, home, public, said, called, around, found, order, unblended, split)

    def activity(self, members: Sequence[Row[Any]]) -> Values:
        """Return the row of the activity that the recordings make."""
        edits = sorted((e for m in members for e in self.said.get(m.key, [])), key=lambda e: (e.at_ms, e.id))
        said = fold(edits)
        preferences = BlendPreferences(self.order, chosen_of(said))
        blended = blend([self._candidate(row) for row in self._blendable(members, preferences)], preferences)
        figures = blended.figures
        first = min(row.id for row in members)
        by_key = {row.key: row for row in members}
        primary = by_key[blended.primary]
        given = {by_key[key].id: channels for key, channels in sorted(blended.channels.items())}
        sources = {field: self.public_ids[by_key[key].id] for field, key in blended.sources.items()}
        row = {
            "id": first,
            "public_id": self.public_ids[first],
            "athlete_id": self.athlete_id,
            "parent_id": None,
            "primary_id": primary.id,
            "split_from_id": None,
            **self._when(primary.start_ms, figures["moment"]),
            **{name: figures[name] for name in KEYS},
            "formats": " ".join(sorted({row.summary["format"] for row in members})),
            "thumb": figures["thumb"],
            **begins_at(figures["thumb"]),
            "source": _fingerprint(primary, [(by_key[key], given) for key, given in sorted(blended.channels.items())]),
            "provenance": {
                "given": {self.public_ids[member]: list(channels) for member, channels in given.items()},
                "sources": {field: source for field, source in sources.items() if field in KEYS or field == "thumb"},
                "reasons": _reasons([primary, *members], figures),
            },
        }
        if said.corrections:
            done = correct(self.session, row, primary, said.corrections)
            if done is not None:
                self.parts[first] = list(self._parts(row, primary, done, figures["moment"]))
                row |= self._corrected(done, figures["moment"])
        title = self._title([by_key[key] for key in blended.ranked], figures["sport"])
        chosen = by_key.get(chosen_of(said).get("name", ""))
        if (
            chosen is not None and chosen.key in blended.ranked
        ):  # what the others call it only where this one says nothing
            title |= {key: value for key, value in self._title([chosen], figures["sport"]).items() if value is not None}
        return _with_edits(row, {**figures, **title}, said)

    def _corrected(self, done: Correcting, moment: Values | None) -> Values:
        """Return what differs in an activity's row by corrections of its samples."""
        self.corrected.append(done.row)
        begins = begins_at(done.differs["thumb"]) if "thumb" in done.differs else {}
        return {**done.differs, **begins, **self._when(done.row["start_ms"], moment)}

    def _parts(self, whole: Values, primary: Stored, of: Correcting, moment: Values | None) -> Iterator[Values]:
        """Yield the rows of what a person split off, given the row of the whole without corrections."""
        for values, recording in of.parts:
            identity = self.split[values[PART_KEY]]
            said = fold(self.said.get(identity.key, []))
            row = whole | {
                "id": identity.id,
                "public_id": identity.public_id,
                "split_from_id": whole["id"],
                "source": f"{of.differs['source']} / {identity.key}",
            }
            done = correct_part(row, primary, recording, of.recorded, said.corrections)
            sport = done.recording.sport
            figures = {"sport": sport.key, "sub_sport": sport.sub, "indoor": sport.indoor}
            called = {"name": None, "description": None}
            yield _with_edits(row | self._corrected(done, moment), figures | called, said)
            yield from self._parts(whole, primary, done, moment)

    def _blendable(self, members: Sequence[Row[Any]], preferences: BlendPreferences) -> Sequence[Row[Any]]:
        """Return the recordings that may be blended; where none may, the best of them alone."""
        free = [row for row in members if row.digest not in self.unblended]
        if free or len(members) == 1:
            return free or members
        best = blend([self._candidate(row) for row in members], preferences).primary
        return [row for row in members if row.key == best]

    def _candidate(self, row: Row[Any]) -> Candidate:
        summary: Values = row.summary
        figures = {key: value for key, value in summary.items() if key not in _NO_FIGURES}
        return Candidate(
            row.key,
            summary["format"],
            figures,
            frozenset(summary["channels"]),
            summary["samples"],
            self.around.sources(row),
            frozenset(summary["sensors"]),
            row.key in self.found.parts,
            row.key in self.found.shifted,
        )

    def _title(self, members: Sequence[Row[Any]], sport: str) -> Values:
        """Return what providers and files call the activity of recordings, the best one first."""
        whole = [row.digest for row in members if row.summary["part"] is None]  # a title is not meant for one leg
        return self._called(whole, sport, [(row.summary["name"], row.summary["format"]) for row in members])

    def _called(self, digests: Sequence[str], sport: str, own: Sequence[tuple[str | None, str]] = ()) -> Values:
        """Return what an activity is called, and its sport where no file names one.

        The providers' names of these files come first, then their `own`; of all of them those that people gave.
        """
        titles = [title for digest in digests for title in self.called.get(digest, ())]
        titles.sort(key=lambda one: self.order.index(one.source) if one.source in self.order else len(self.order))
        name = best_name([*((one.name, one.source) for one in titles), *own])
        title = next((one for one in titles if name and one.name == name), titles[0] if titles else None)
        titled = next((one for one in titles if one.sport not in (None, GENERIC)), None)
        found = {"name": name}
        found |= {} if title is None or title.description is None else {"description": title.description}
        return found | (
            {"sport": titled.sport, "sub_sport": titled.sub_sport} if titled is not None and sport == GENERIC else {}
        )

    def put_parents(self, rows: dict[int, Values], home: dict[int, int]) -> None:
        """Put the parents of multisport activities among the rows, and what was recorded of a whole one to its parent.

        `home` has the activity of each recording.
        """
        by_key = {row.key: row.id for row in self.around.rows.values()}
        legs: dict[str, set[int]] = {}
        for row in self.around.rows.values():
            if row.summary["part"] is not None:
                legs.setdefault(parent_key(row.digest, row.summary["part"]), set()).add(home[row.id])
        for whole, own in self.found.legs.items():
            legs[whole] = {home[by_key[leg]] for leg in own}
        for pair in self.found.chains:
            legs[chain_key(pair)] = {home[by_key[piece]] for piece in pair}
        for keys, members in united(legs):
            if len(members) < 2:
                continue
            wholes = {home[by_key[key]] for key in keys if key in self.found.legs}
            every = [one for member in sorted(members - wholes) for one in (rows[member], *self.parts.get(member, ()))]
            parent = self._parent(keys, every)
            home |= {member: parent["id"] for member, at in home.items() if at in wholes}
            for whole_id in wholes:
                rows.pop(whole_id, None)
            rows[parent["id"]] = parent

    def _parent(self, keys: Sequence[str], legs: Sequence[Values]) -> Values:
        mine = (identities.c.athlete_id == self.athlete_id) & identities.c.key.in_(keys)
        identity = self.session.rows(select(identities).where(mine).order_by(identities.c.id))[0]
        legs = sorted(legs, key=lambda leg: (leg["start_ms"], leg["source"]))
        end = max(leg["start_ms"] + 1000 * (leg["elapsed_s"] or 0) for leg in legs)
        row = (
            legs[0]
            | dict.fromkeys(KEYS)
            | {
                "id": identity.id,
                "public_id": identity.public_id,
                "primary_id": None,
                "split_from_id": None,
                "source": None,
                "elapsed_s": (end - legs[0]["start_ms"]) / 1000,
                **{name: _over(sum, legs, name) for name in SUMMED},
                **{name: _over(max, legs, name) for name in HIGHEST},
                "formats": " ".join(sorted({f for leg in legs for f in leg["formats"].split()})),
                "thumb": max((leg["thumb"] for leg in legs if leg["thumb"]), key=len, default=None),
                "provenance": {"sources": {}, "reasons": {}, "given": {}},
            }
        )
        said = fold(edit_rows(self.session, self.athlete_id, keys))
        sports = {(leg["sport"], leg["sub_sport"]) for leg in legs}
        sport, sub = sports.pop() if len(sports) == 1 else (MULTISPORT, None)
        figures = {"sport": sport, "sub_sport": sub, "name": None, "description": None, "indoor": False}
        figures |= self._called(sorted({key.split(":")[0] for key in keys}), MULTISPORT)
        parent = _with_edits(row, figures, said)
        for leg in legs:
            leg["parent_id"] = parent["id"]
            leg["deleted"] = leg["deleted"] or parent["deleted"]
        return parent

    def _when(self, start_ms: int, moment: Values | None) -> Values:
        zone, source = (moment["zone"], moment["zone_source"]) if moment else (None, "none")
        offset = moment["offset_s"] if moment else None
        if zone is not None:
            offset = offset_at(zone, start_ms)  # a start that was set by hand may lie in another half of the year
        if offset is None and self.home_zone:
            zone, source, offset = self.home_zone, "home", offset_at(self.home_zone, start_ms)
        local_ms = start_ms + 1000 * (offset or 0)
        return {"start_ms": start_ms, "local_ms": local_ms, "offset_s": offset, "zone": zone, "zone_source": source}


def _fingerprint(primary: Row[Any], given: Sequence[tuple[Row[Any], Sequence[str]]]) -> str:
    """Return what names the samples of an activity: whose they are, which others give channels, by which decoders."""
    parts = [f"{primary.key} {primary.summary['version']}"]
    parts += [f"{row.key} {row.summary['version']} {' '.join(channels)}" for row, channels in given]
    return " + ".join(parts)


def _reasons(members: Sequence[Row[Any]], figures: Mapping[str, Any]) -> dict[str, str]:
    """Return why figures are missing, by figure; the first member that gives a reason wins."""
    found: dict[str, str] = {}
    for row in members:
        for name, reason in row.summary["reasons"].items():
            if name in figures and figures[name] is None:
                found.setdefault(name, reason)
    return found


def _with_edits(row: Values, figures: Mapping[str, Any], said: Any) -> Values:
    """Put the fields in that people may change: their last word, else the recordings', else a made-up name."""
    sport = Sport(said.fields.get("sport", figures["sport"]), said.fields.get("sub_sport", figures["sub_sport"]))
    name = said.fields.get("name") or " ".join((figures["name"] or "").split()) or default_name(sport, row["local_ms"])
    description = said.fields.get("description", figures["description"])
    tags, workout_type = said.fields.get(TAGS) or [], said.fields.get(WORKOUT_TYPE)
    words = (name, description, sport.key, sport.sub, workout_type, *tags)
    return row | {
        "sport": sport.key,
        "sub_sport": sport.sub,
        "indoor": sport.indoor if "sub_sport" in said.fields else bool(figures["indoor"]),
        "name": name,
        "description": description,
        "search": " ".join(word.lower().replace("_", " ") for word in words if word),
        "hidden": bool(said.fields.get("hidden", False)),
        "deleted": said.deleted,
        "rpe": said.fields.get("rpe"),
        "feel": said.fields.get("feel"),
        "refused": spelled(refused_of(said)),
        "gear_set": said.fields.get("gear"),
        "tags": tags,
        "workout_type": workout_type,
        "edit_id": said.last,
    }


def _over(fold_: Any, legs: Sequence[Values], name: str) -> float | None:
    known = [leg[name] for leg in legs if leg[name] is not None]
    return fold_(known) if known else None
