"""Everything that follows an import, done at once: for commands that work without a server."""

from homestretch.flow.derive.days.stale_days import athletes_with_stale_days
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.home_zone import derive_at_home
from homestretch.flow.derive.measure.measuring import measure_due, unmeasured_athletes
from homestretch.flow.derive.payloads import decode_stale
from homestretch.flow.derive.payloads import stale_athletes as undecoded_athletes
from homestretch.flow.derive.places.heat import draw_heat
from homestretch.flow.derive.places.routes import find_routes
from homestretch.flow.derive.places.segment_efforts import time_segments
from homestretch.flow.derive.rederive import OriginalsLost, rederive, stale_athletes
from homestretch.flow.runtime.context import Context

#: How long another process may be at the same thing.
PATIENCE_S = 60.0


def derive_all(context: Context, decoders: Decoders, wait_s: float = 0.0) -> int:
    """Derive whatever is to be derived, for every athlete; return of how many originals.

    Raises Occupied, and OriginalsLost once all else is done.
    """
    originals = lost = 0
    stale = {*stale_athletes(context), *undecoded_athletes(context), *athletes_with_stale_days(context)}
    for athlete in sorted({*stale, *unmeasured_athletes(context)}):
        # A server may begin with it first; the lease lets one of the two do each athlete.
        try:
            originals += rederive(context, athlete, decoders, wait_s=wait_s)
        except OriginalsLost as error:
            lost += error.details["count"]
        derive_pending(context, athlete, decoders)
    if lost:
        raise OriginalsLost(count=lost)
    return originals


def derive_pending(context: Context, athlete_id: int, decoders: Decoders) -> None:
    """Read providers' answers, bring days up to date, measure, time segments, find routes and draw the heat map."""
    decode_stale(context, athlete_id, wait_s=PATIENCE_S)
    derive_at_home(context, athlete_id)
    measure_due(context, athlete_id, decoders)
    time_segments(context, athlete_id)
    find_routes(context, athlete_id)
    draw_heat(context, athlete_id)
