"""How many activities there are is one number wherever it stands: a triathlon is one, so are recordings of a ride."""

from datetime import date

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.runtime.context import Context
from homestretch.formats import gpx
from homestretch.formats.fit.encode import encode
from homestretch.store.scope import Scope
from homestretch.views.kit.frame import Asked, frame
from homestretch.views.page.calendar import calendar
from homestretch.views.system.imports import batch
from tests.formats import golden
from tests.taking import listed, take_in


def test_every_page_counts_the_same(sqlite_context: Context, scope: Scope, decoders: Decoders) -> None:
    legs = golden.multisport()
    later = golden.run(600, golden.START_MS + 3 * 86_400_000)
    files = {"tri.fit": encode(*legs), "run.fit": encode(later), "run.gpx": gpx.encode(later)}
    number = take_in(sqlite_context, scope, decoders, files)["run.fit"]["batch"]
    day = date(2026, 5, 1)
    with sqlite_context.database.read() as reader:
        told = batch(reader, scope, number, sqlite_context.clock())
        month = calendar(reader, scope, day, day)["months"]["2026-05"]
        (counted, *others) = frame(reader, scope, "volume", Asked(today=day, kind="count", by="year"))["lines"]
    assert (told["files"], told["recordings"], told["activities"], told["merged"]) == (3, len(legs) + 2, 2, 1)
    assert len(listed(sqlite_context, scope)) == 2 and month["count"] == 2
    assert sum(value or 0 for line in (counted, *others) for value in line["values"]) == 2
