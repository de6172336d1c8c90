"""Makes the files of a demo athlete that an import waits for."""

from homestretch.demo.load import make, unmade
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{"batch": batch} for batch in unmade(context)]


def _run(context: Context, arguments: Arguments) -> None:
    make(context, arguments["batch"])


JOB = Job("demo", "Creating the demo athlete", 5.0, _due, _run)
