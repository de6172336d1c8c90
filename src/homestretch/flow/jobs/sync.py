"""Syncs the connections that are due, a slice at a time."""

from homestretch.flow.runtime.context import Context
from homestretch.flow.sync.back_off import due_connections
from homestretch.flow.sync.sync import sync
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{"connection": connection} for connection in due_connections(context)]


def _run(context: Context, arguments: Arguments) -> None:
    sync(context, arguments["connection"])


JOB = Job("sync", "Syncing", 3.0, _due, _run, waits=True)
