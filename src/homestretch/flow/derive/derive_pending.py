"""Everything that follows from what was taken in, done at once: for commands that work without a server."""

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.measure.measuring import measure_due, unmeasured_athletes
from homestretch.flow.derive.payloads import stale_athletes as untold_athletes
from homestretch.flow.derive.payloads import tell
from homestretch.flow.derive.places.heat import draw_heat
from homestretch.flow.derive.places.routes import find_routes
from homestretch.flow.derive.places.segment_efforts import time_segments
from homestretch.flow.derive.rederive import OriginalsLost, rederive, stale_athletes
from homestretch.flow.runtime.context import World

#: How long another process may be at the same thing.
PATIENCE_S = 60.0


def derive_all(world: World, decoders: Decoders, wait_s: float = 0.0) -> int:
    """Derive whatever is to be derived, for every athlete; return of how many originals.

    Raises Occupied, and OriginalsLost once all else is done.
    """
    originals = lost = 0
    for athlete in sorted({*stale_athletes(world), *untold_athletes(world), *unmeasured_athletes(world)}):
        # A server may begin with it first; the lease lets one of the two do each athlete.
        try:
            originals += rederive(world, athlete, decoders, wait_s=wait_s)
        except OriginalsLost as error:
            lost += error.facts["count"]
        catch_up(world, athlete, decoders)
    if lost:
        raise OriginalsLost(count=lost)
    return originals


def catch_up(world: World, athlete_id: int, decoders: Decoders) -> None:
    """Read what providers tell, measure, time segments, recognise routes, draw the heat map, as a server's jobs do."""
    tell(world, athlete_id, wait_s=PATIENCE_S)
    measure_due(world, athlete_id, decoders)
    time_segments(world, athlete_id)
    find_routes(world, athlete_id)
    draw_heat(world, athlete_id)
