"""Takes over what another system holds, by the ordinary ways, in an order in which everything finds what it is about.

Each thing is kept for itself and looked for before: a run that was interrupted is ended by the next one, and a second
run changes nothing.
"""

from pathlib import Path

from homestretch.errors import BadRequest, unknown
from homestretch.flow.imports.staging import scratch
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.server_paths import lies_in
from homestretch.flow.takeover import systems
from homestretch.flow.takeover.activities import take_activities, take_edits, take_gear
from homestretch.flow.takeover.coach import take_coach, take_prompts, take_rules
from homestretch.flow.takeover.files import finish_interrupted, link_files, take_files
from homestretch.flow.takeover.health import take_values
from homestretch.flow.takeover.places import take_segments
from homestretch.flow.takeover.reading.items import Found, System
from homestretch.flow.takeover.reviews import take_reviews
from homestretch.flow.takeover.taking import Hands, Taking
from homestretch.flow.takeover.thresholds import take_thresholds
from homestretch.model.documents.takeover import TakeoverReport
from homestretch.store.scope import Scope


def system_named(key: str) -> System:
    """Return a system by its key. Raises BadRequest."""
    found = systems().get(key)
    if found is None:
        raise unknown("system", key, systems())
    return found


def take_over(
    context: Context,
    scope: Scope,
    system: System,
    path: Path,
    hands: Hands,
    *,
    user: str | None = None,
    tried: bool = False,
) -> TakeoverReport:
    """Take over the store at a path, or only report what would come where it is `tried`.

    `user` says whose data, where the store has that of several. Raises SeveralUsers,
    NotItsStore, StoreUnreadable, Forbidden, DiskNearlyFull.
    """
    scope.must("imports: write")
    if lies_in(path.resolve(), context.settings.data_dir.resolve()):
        raise BadRequest(reason=f"{path} is inside the data folder. Copy it elsewhere first.")
    taking = Taking(context, scope, hands, tried)
    with scratch(context) as folder:
        found = system.read(path, user, folder)
        if not tried:
            finish_interrupted(taking)
        _take(taking, found)
    for one in found.broken:
        taking.fail(one.what, one.name, one.why)
    for behind in found.left:
        taking.leave(behind.what, behind.count, behind.why)
    batch = None if taking.batch is None else str(taking.batch)
    return {
        "system": system.key, "tried": tried, "counts": taking.counts, "failed": taking.failed, "left": taking.left,
        "batch": batch,
    }  # fmt: skip


def _take(taking: Taking, found: Found) -> None:
    contents = take_files(taking, found.files)
    link_files(taking, found.files, contents)
    take_activities(taking, found.activities)
    take_gear(taking, found.gear)
    take_edits(taking, found, contents)
    take_values(taking, found.values)
    take_thresholds(taking, found.thresholds)
    take_segments(taking, found.segments)
    take_rules(taking, found.rules)
    take_coach(taking, found.coach)
    take_prompts(taking, found.prompts)
    take_reviews(taking, found.reviews)
