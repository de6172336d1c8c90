"""GoldenCheetah: the folder of an athlete, with activities as JSON and the files that they were imported from.

As GoldenCheetah/GoldenCheetah has it: src/Core/Athlete.cpp and Measures.cpp, src/FileIO/JsonRideFile.y,
src/Gui/RideImportWizard.cpp, src/Resources/xml/metadata.xml.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import orjson

from homestretch import files
from homestretch.flow.derive.naming import own_name
from homestretch.flow.takeover.reading.folder import Files
from homestretch.flow.takeover.reading.items import (
    Broken,
    Found,
    FoundFile,
    FoundValue,
    NotItsStore,
    Said,
    System,
    Wording,
)
from homestretch.flow.takeover.reading.tables import chosen_user, number
from homestretch.flow.takeover.reading.zones import FILES, thresholds_in
from homestretch.formats import goldencheetah as form
from homestretch.model.editable import EDITABLE, TAGS, clean_tag
from homestretch.model.moment import FIRST_MS, LAST_MS
from homestretch.model.sport import GENERIC
from homestretch.model.texts import LONGEST_NAME, LONGEST_TEXT

NAME = "GoldenCheetah"
_ACTIVITIES, _IMPORTS, _CONFIG = "activities", "imports", "config"
#: What of its imports is read here; of the rest its own JSON comes.
_SUFFIXES = (".fit", ".tcx", ".gpx", ".fit.gz", ".tcx.gz", ".gpx.gz")
_MOST = 200 * 1024 * 1024
_MEASURES = {
    "weightkg": "weight_kg", "fatpercent": "body_fat_pct", "boneskg": "bone_mass_kg", "musclekg": "muscle_mass_kg",
    "leankg": "lean_mass_kg",
}  # fmt: skip
#: Folders of an athlete whose files stay behind.
_STAY = {
    "planned": ("planned activities", "Plans are made here, by rules."),
    "media": ("media files", "Add photos on the page of their activity."),
    "workouts": ("workouts", "Import them by hand: they become workouts here."),
    "calendar": ("calendar files", "Plans are made here, by rules."),
}


def read(path: Path, user: str | None, _scratch: Path) -> Found:
    """Return the activities of an athlete, as they were imported or as they are kept, weights and thresholds."""
    home = _athlete(path, user)
    there = Files(home, NAME)
    found = Found()
    used = _activities(there, found)
    rest = [inside for inside in there.places if inside.startswith(f"{_IMPORTS}/") and inside not in used]
    why = "Their activity is gone, or came as GoldenCheetah keeps it. Import what you miss by hand."
    found.leave("imports that no activity came from", len(rest), why)
    for folder, (what, why) in _STAY.items():
        found.leave(what, sum(inside.startswith(f"{folder}/") for inside in there.places), why)
    _measures(there, found)
    _thresholds(there, found)
    return found


def _athlete(path: Path, user: str | None) -> Path:
    """Return the folder of the athlete that is meant: this one, or one of those in it. Raises NotItsStore."""
    if (path / _ACTIVITIES).is_dir():
        chosen_user(NAME, {}, user)
        return path
    below = sorted(path.iterdir()) if path.is_dir() else []
    athletes = {one.name: one.name for one in below if (one / _ACTIVITIES).is_dir()}
    if not athletes:
        raise NotItsStore(path=path, system=NAME, reason=f"it holds no folder {_ACTIVITIES}")
    return path / (chosen_user(NAME, athletes, user) or "")


def _activities(there: Files, found: Found) -> set[str]:
    """Add activities; return the imports that came in the place of their JSON."""
    used: set[str] = set()
    for inside, place in there.places.items():
        if not inside.startswith(f"{_ACTIVITIES}/"):
            continue
        if not inside.lower().endswith(".json"):
            found.files.append(FoundFile(f"goldencheetah/{inside}", place))
            continue
        data = _bytes(inside, place, found)
        ride = None if data is None else form.read_notes(data)
        if ride is None:
            if data is not None:
                found.broken.append(Broken("file", inside, "it is no activity of GoldenCheetah, or damaged"))
            continue
        tags = form.tags_of(ride)
        source = f"{_IMPORTS}/{tags.get('Source Filename', '')}"
        if source in there.places and source not in used and source.lower().endswith(_SUFFIXES):
            used.add(source)
            wording = Wording({**_names(tags), **_noted(tags)})
            found.files.append(FoundFile(f"goldencheetah/{source}", there.places[source], None, wording))
        else:
            found.files.append(FoundFile(f"goldencheetah/{inside}", place, None, Wording(_noted(tags))))
    return used


def _bytes(inside: str, place: Path, found: Found) -> bytes | None:
    try:
        return files.read(place, _MOST)
    except OSError as error:
        found.broken.append(Broken("file", inside, error.strerror or str(error)))
        return None


def _names(tags: Mapping[str, str]) -> dict[str, Said]:
    """Return what the JSON itself says of an activity, and its original does not."""
    fields: dict[str, Said] = {}
    if (name := own_name(tags.get("Workout Title"))) is not None:
        fields["name"] = name[:LONGEST_NAME]
    if "Notes" in tags:
        fields["description"] = tags["Notes"][:LONGEST_TEXT]
    sport = form.sport_of(tags)
    if sport.key != GENERIC:
        fields["sport"] = sport.key
        if sport.sub is not None:
            fields["sub_sport"] = sport.sub
    return fields


def _noted(tags: Mapping[str, str]) -> dict[str, Said]:
    """Return what only edits hold here: effort, and as tags the keywords and the code of the workout."""
    fields: dict[str, Said] = {}
    effort = number(tags.get("RPE"))
    if effort is not None and 0 < effort <= EDITABLE["rpe"].most:
        fields["rpe"] = effort
    words = [clean_tag(word) for name in ("Keywords", "Workout Code") for word in tags.get(name, "").split(",")]
    kept = [word for word in dict.fromkeys(words) if 0 < len(word) <= EDITABLE[TAGS].longest]
    if kept:
        fields[TAGS] = sorted(kept[: int(EDITABLE[TAGS].most)])
    return fields


def _measures(there: Files, found: Found) -> None:
    """Add weights and what was measured with them; 0 is not measured."""
    unread = 0
    for row in _rows(there, f"{_CONFIG}/bodymeasures.json", found):
        when = row.get("when")
        if isinstance(when, bool) or not isinstance(when, int | float) or not FIRST_MS < when * 1000 < LAST_MS:
            unread += 1
            continue
        at_ms = round(when * 1000)
        day = datetime.fromtimestamp(at_ms / 1000, UTC).date()
        values = ((kind, row.get(name)) for name, kind in _MEASURES.items())
        found.values += [
            FoundValue(kind, float(value), day, at_ms)
            for kind, value in values
            if isinstance(value, int | float) and not isinstance(value, bool) and value > 0
        ]
    found.leave("measures", unread, "They have no day.")
    others = sum(1 for _ in _rows(there, f"{_CONFIG}/hrvmeasures.json", found))
    found.leave("HRV measures", others, "Export them as a table, and import that: docs/health.md.")


def _rows(there: Files, inside: str, found: Found) -> list[dict[str, object]]:
    """Return the measures of a file, none where it is not there."""
    place = there.places.get(inside)
    data = None if place is None else _bytes(inside, place, found)
    if data is None:
        return []
    try:
        document = orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError:
        found.broken.append(Broken("file", inside, "its JSON is damaged"))
        return []
    rows = document.get("measures") if isinstance(document, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _thresholds(there: Files, found: Found) -> None:
    """Add thresholds; of those that files of two sports set from one day on, such as resting heart rate, the first."""
    unread = 0
    known: set[tuple[str, str, date]] = set()
    for name in FILES:
        inside = f"{_CONFIG}/{name}"
        place = there.places.get(inside)
        data = None if place is None else _bytes(inside, place, found)
        for one in thresholds_in(name, (data or b"").decode("utf-8", "replace")):
            if one is None:
                unread += 1
            elif (one.key, one.family, one.valid_from) not in known:
                known.add((one.key, one.family, one.valid_from))
                found.thresholds.append(one)
    found.leave("thresholds", unread, "Their day or value can't be.")


SYSTEM = System("goldencheetah", NAME, "The folder of an athlete, or the one that all athletes are in.", read)
