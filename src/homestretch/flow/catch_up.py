"""Everything that follows from what was taken in, done at once: for commands that work without a server."""

from homestretch.flow.decoders import Decoders
from homestretch.flow.heat import draw_heat
from homestretch.flow.measuring import measure_due
from homestretch.flow.routes import find_routes
from homestretch.flow.timing import time_segments
from homestretch.flow.world import World


def catch_up(world: World, athlete_id: int, decoders: Decoders) -> None:
    """Measure what is due, time segments, recognise routes and draw the heat map; a server's jobs do the same."""
    measure_due(world, athlete_id, decoders)
    time_segments(world, athlete_id)
    find_routes(world, athlete_id)
    draw_heat(world, athlete_id)
