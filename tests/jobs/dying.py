"""A process with an engine that dies in the middle of a job: `python -m tests.jobs.dying URL-or-PATH MARK`."""

import os
import sys
import time
from pathlib import Path

from homestretch.jobs.engine import JobEngine, postgres_jobs, sqlite_jobs
from homestretch.jobs.job import Arguments, Job


def main(where: str, mark: str) -> None:
    """Begin the job, note that, and die."""

    def run(_context: object, _arguments: Arguments) -> None:
        with Path(mark).open("a") as file:
            file.write("begun\n")
        os._exit(9)

    database = postgres_jobs(where) if where.startswith("postgresql") else sqlite_jobs(Path(where))
    engine = JobEngine({"job": Job("job", "Job", 0.1, lambda _: [{"n": 1}], run)}, None, database, "dead")
    engine.start()
    engine.tick(everything=True)
    time.sleep(60)


if __name__ == "__main__":
    main(*sys.argv[1:])
