"""Files of another system: imported like any others, and linked to what they are at their provider."""

from collections import Counter
from collections.abc import Mapping, Sequence

from homestretch.flow.derive.commit import Arrival, keep_arrivals
from homestretch.flow.takeover.contents import Here, Original, originals_in
from homestretch.flow.takeover.reading.items import FoundFile, Link
from homestretch.flow.takeover.taking import Files, Taking
from homestretch.model.notes import sentence
from homestretch.store.queries.remote_items import adopt_taken_over
from homestretch.store.queries.takeover import linked, outcomes_in, recorded, unfinished_batches

WHAT = "files"
PORTION = 200

#: A path, its status, and notes as sentences.
type Outcome = tuple[str, str, list[str]]
type Contents = Mapping[str, Sequence[Original]]


def finish_interrupted(taking: Taking) -> None:
    """End the imports of a takeover that was interrupted before this one."""
    with taking.context.database.read() as reader:
        waiting = unfinished_batches(reader, taking.scope.athlete_id)
    for batch_id in waiting:
        taking.batch = batch_id  # what this run adds to it is undone with it
        taking.hands.finish(batch_id)


def take_files(taking: Taking, files: Sequence[FoundFile]) -> Contents:
    """Import the files that are not here yet; return the originals in each, by the file's name."""
    with taking.context.database.read() as reader:
        here = Here.of(reader, taking.scope.athlete_id)
    if files:
        taking.hands.say(WHAT, len(files))
    contents = {file.name: originals_in(file.place, file.name) for file in files}
    new = [(file.name, file.place) for file in files if not here.has(contents[file.name])]
    _report(taking, {name for name, _ in new}, _imported(taking, new), len(files) - len(new))
    return contents


def _imported(taking: Taking, new: Files) -> list[Outcome]:
    """Import files, or try to; return what became of each, and of each file in it."""
    if taking.tried:
        tried = taking.hands.try_files(new)
        return [(one["path"], one["status"], [note["text"] for note in one["notes"]]) for one in tried]
    if not new:
        return []
    batch_id = taking.import_of(new)
    taking.hands.finish(batch_id)
    with taking.context.database.read() as reader:
        found = outcomes_in(reader, batch_id)
    return [(one.path, one.status, [sentence(note) for note in one.notes]) for one in found]


def _report(taking: Taking, new: set[str], outcomes: Sequence[Outcome], here: int) -> None:
    """Count files, of which some may hold several, by the worst that became of what is in them."""
    broken: set[str] = set()
    skipped: dict[str, str] = {}
    for path, status, notes in outcomes:
        name = path
        while name and name not in new:
            name = name.rpartition("/")[0]
        if status == "failed":
            broken.add(name)
            taking.fail("file", path, " ".join(notes) or "It can't be read.")
        elif status == "skipped":
            skipped[name] = " ".join(notes)
    whole = [why for name, why in skipped.items() if name not in broken]
    for why, count in Counter(whole).items():
        taking.leave("files without a recording", count, f"They are kept, but not shown. {why}".strip())
    taking.count(WHAT, len(new) - len(broken) - len(whole), here, len(broken))


def link_files(taking: Taking, files: Sequence[FoundFile], contents: Contents) -> None:
    """Write down which original of a provider each file is, so that no sync fetches it again.

    That is a FIT file: what another system fetched as TCX or GPX is less than the provider has.
    """
    wanted: list[tuple[Link, Original, str]] = []
    lesser = 0
    for file in files:
        if file.link is None or len(contents[file.name]) != 1:
            continue
        (original,) = contents[file.name]
        if original.fit:
            wanted.append((file.link, original, file.name))
        else:
            lesser += 1
    taking.leave("links to originals", lesser, "These files are no FIT files, so a sync still fetches their originals.")
    put_links(taking, wanted)


def put_links(taking: Taking, wanted: Sequence[tuple[Link, Original, str]]) -> None:
    """Link originals that gave a recording with their provider's keys; `wanted` has the name of each file too.

    A file that is broken here may be whole at the provider.
    """
    if taking.tried or not wanted:
        return
    context, athlete_id = taking.context, taking.scope.athlete_id
    with context.database.read() as reader:
        whole = recorded(reader, athlete_id, {one.digest for _, one, _ in wanted})
        known = {name: linked(reader, athlete_id, name) for name in {link.provider for link, _, _ in wanted}}
    came = [
        Arrival(one.digest, one.size, name, provider=link.provider, provider_key=link.key)
        for link, one, name in wanted
        if one.digest in whole and (link.key, one.digest) not in known[link.provider]
    ]
    for at in range(0, len(came), PORTION):
        batch_id = taking.import_of([])
        part = [_of_import(one, batch_id) for one in came[at : at + PORTION]]
        with context.database.write() as session:
            keep_arrivals(context, session, athlete_id, part)
    with context.database.write() as session:
        for provider in known:
            adopt_taken_over(session, athlete_id, provider)


def _of_import(arrival: Arrival, batch_id: int) -> Arrival:
    return Arrival(
        arrival.digest, arrival.size, arrival.path, batch_id,
        provider=arrival.provider, provider_key=arrival.provider_key,
    )  # fmt: skip
