"""Reads planned routes that came with an import, where that was interrupted."""

from homestretch.flow.coach.planned_routes import add_imported, waiting_athletes
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{"athlete": athlete} for athlete in waiting_athletes(context)]


def _run(context: Context, arguments: Arguments) -> None:
    add_imported(context, arguments["athlete"])


JOB = Job("planned_routes", "Reading planned routes", 60.0, _due, _run)
