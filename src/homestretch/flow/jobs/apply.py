"""Makes approved changes at providers."""

from homestretch.flow.runtime.context import Context
from homestretch.flow.writeback.applying import apply_changes, due_changes
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{"connection": connection} for connection in due_changes(context)]


def _run(context: Context, arguments: Arguments) -> None:
    apply_changes(context, arguments["connection"])


JOB = Job("apply", "Applying approved changes", 3.0, _due, _run, waits=True)
