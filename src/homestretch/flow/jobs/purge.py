"""Deletes what came by removed connections, where that was not done at once."""

from homestretch.flow.runtime.context import Context
from homestretch.flow.sync.purge import purge_connection, purges_due
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{"athlete": athlete, "connection": connection} for athlete, connection in purges_due(context)]


def _run(context: Context, arguments: Arguments) -> None:
    purge_connection(context, arguments["athlete"], arguments["connection"])


JOB = Job("purge", "Deleting", 30.0, _due, _run)
