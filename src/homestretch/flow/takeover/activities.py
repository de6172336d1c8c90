"""Activities without a file, gear, and what people set of activities there: names, sport, notes, effort, gear."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from homestretch.flow.edit import edits
from homestretch.flow.edit import gear as gear_flow
from homestretch.flow.imports.manual_entry import Entries
from homestretch.flow.takeover.contents import Here, Original
from homestretch.flow.takeover.files import Contents, put_links
from homestretch.flow.takeover.reading.items import Found, FoundActivity, FoundGear, Link, Said, Wording
from homestretch.flow.takeover.taking import Taking
from homestretch.store.queries.takeover import (
    activities_at,
    activities_of,
    edited_fields,
    gear_names,
    linked,
    shown_texts,
)

GEAR = "gear"
#: A start without a file is that of the activity that began so near to it.
NEAR_MS = 2000
#: So many activities are changed in one transaction.
PORTION = 50


def take_activities(taking: Taking, found: Sequence[FoundActivity]) -> None:
    """Enter activities that have no file, and link them with what they are at their providers.

    One that is here from its provider, or came by an earlier takeover, is not entered again.
    """
    with taking.context.database.read() as reader:
        here = Here.of(reader, taking.scope.athlete_id)
    known, by_link = here.taken | here.deleted, _by_link(taking, found)
    there = {one.name for one in found if any(link in by_link for link in one.links)}
    entries = Entries(taking.context, taking.scope)
    taking.each(
        "activities without a file",
        found,
        lambda one: one.name,
        lambda one: digest_of(one) in known or one.name in there,
        lambda one: entries.add(one.data, one.name, taking.import_of([])),
    )
    entries.keep()
    links = [(link, Original(digest_of(one), len(one.data), False), f"{one.name}.json")
             for one in found if one.name not in there for link in one.links]  # fmt: skip
    put_links(taking, links)


def _by_link(taking: Taking, found: Sequence[FoundActivity]) -> dict[Link, set[str]]:
    """Return the originals that are here of what activities are at their providers."""
    made: dict[Link, set[str]] = {}
    with taking.context.database.read() as reader:
        for provider in {link.provider for one in found for link in one.links}:
            for key, digest in linked(reader, taking.scope.athlete_id, provider):
                made.setdefault(Link(provider, key), set()).add(digest)
    return made


def digest_of(activity: FoundActivity) -> str:
    """Return the digest of the original that an activity becomes."""
    return hashlib.sha256(activity.data).hexdigest()


def take_gear(taking: Taking, found: Sequence[FoundGear]) -> None:
    """Add gear that is not here by its name; what was removed here stays so."""
    with taking.context.database.read() as reader:
        known = set(gear_names(reader, taking.scope.athlete_id))
    taking.each(
        GEAR,
        found,
        lambda one: one.name,
        lambda one: one.name.casefold() in known,
        lambda one: gear_flow.add(taking.context, taking.scope, _gear_fields(one)),
    )


def _gear_fields(one: FoundGear) -> Mapping[str, object]:
    return {
        "name": one.name, "kind": one.kind, "note": one.note, "distance_m": one.distance_m, "retired": one.retired,
    }  # fmt: skip


def _without_name(wording: Wording) -> Mapping[str, Said]:
    """Return the fields but for the name, which an activity is entered with."""
    return {key: value for key, value in wording.fields.items() if key != "name"}


@dataclass(frozen=True, slots=True)
class _Edit:
    """What was set of an activity, by the originals that it has, or by when it began (UTC ms)."""

    name: str
    digests: tuple[str, ...]
    wording: Wording
    start_ms: int | None = None


def take_edits(taking: Taking, found: Found, contents: Contents) -> None:
    """Set what was set there, except for fields that were ever set here: also where that was undone."""
    wanted = [_Edit(file.name, tuple(one.digest for one in contents[file.name]), file.wording) for file in found.files]
    by_link = _by_link(taking, found.activities)
    for one in found.activities:
        own = digest_of(one)
        there = {digest for link in one.links for digest in by_link.get(link, ())} - {own}
        whole = there or not one.named
        said = one.wording if whole else replace(one.wording, fields=_without_name(one.wording))
        wanted.append(_Edit(one.name, (own, *sorted(there)), said))
    wanted += [_Edit(one.name, (), one.wording, one.start_ms) for one in found.wordings]
    with taking.context.database.read() as reader:
        items = gear_names(reader, taking.scope.athlete_id)
    edit = _Editing(taking, items)
    taking.each(
        "edits of activities",
        (one for one in wanted if (one.wording.fields or one.wording.gear) and edit.can(one)),
        lambda one: one.name,
        lambda one: not edit.missing(one),
        edit.put,
    )
    edit.keep()
    taking.leave(
        "edits of files with several activities", edit.ambiguous, "They can't be told apart. Name the activities here."
    )


@dataclass(slots=True)
class _Editing:
    taking: Taking
    items: Mapping[str, str | None]
    ambiguous: int = 0
    waiting: dict[int, Mapping[str, Said]] = field(default_factory=dict)

    def can(self, one: _Edit) -> bool:
        """Return whether the activity that an edit is about is clear; before the import it is not there yet."""
        several = len(self._activities(one)) > 1
        self.ambiguous += several
        return not several and (self.taking.tried or bool(self._activities(one)))

    def missing(self, one: _Edit) -> Mapping[str, Said]:
        """Return the fields that are still to be set; what waits for the same activity is set before."""
        if self.waiting.keys() & self._activities(one):
            self.keep()
        fields: dict[str, Said] = dict(one.wording.fields)
        item = self.items.get((one.wording.gear or "").casefold())
        if one.wording.gear and (item or (self.taking.tried and one.wording.gear.casefold() not in self.items)):
            fields[GEAR] = item or ""
        scope = self.taking.scope
        with self.taking.context.database.read() as reader:
            for activity in self._activities(one):
                shown = shown_texts(reader, activity)
                spoken = edited_fields(reader, scope.athlete_id, activity)
                fields = {k: v for k, v in fields.items() if k not in spoken and shown.get(k) != v}
        return fields

    def put(self, one: _Edit) -> None:
        """Set what is missing, soon; what a field does not take is refused at once. Raises BadRequest."""
        (activity,) = self._activities(one)
        self.waiting[activity] = {name: edits.checked(name, value) for name, value in self.missing(one).items()}
        if len(self.waiting) >= PORTION:
            self.keep()

    def keep(self) -> None:
        """Set what waits."""
        if self.waiting:
            edits.change_each(self.taking.context, self.taking.scope, self.waiting)
            self.waiting.clear()

    def _activities(self, one: _Edit) -> set[int]:
        with self.taking.context.database.read() as reader:
            if one.start_ms is not None:
                return activities_at(reader, self.taking.scope.athlete_id, one.start_ms, NEAR_MS)
            return activities_of(reader, self.taking.scope.athlete_id, one.digests)
