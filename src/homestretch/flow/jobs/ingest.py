"""Takes in what waits to be imported."""

from homestretch.flow.coach import planned_routes, workouts
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.imports.ingest import ingest, waiting_athletes
from homestretch.flow.photos import archive_photos
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{"athlete": athlete} for athlete in waiting_athletes(context)]


def _run(context: Context, arguments: Arguments) -> None:
    with Decoders(context.settings) as decoders:
        ingest(context, arguments["athlete"], decoders)
        archive_photos.tie(context, arguments["athlete"], decoders)
    workouts.add_imported(context, arguments["athlete"])
    planned_routes.add_imported(context, arguments["athlete"])


JOB = Job("ingest", "Importing", 1.0, _due, _run)
