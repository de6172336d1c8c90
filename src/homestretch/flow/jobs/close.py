"""Closes imports that were left open and received nothing for a day."""

from homestretch.flow.imports.batches import finish, silent
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{"batch": batch} for batch in silent(context)]


def _run(context: Context, arguments: Arguments) -> None:
    finish(context, arguments["batch"])


JOB = Job("close", "Closing imports", 3600.0, _due, _run)
