"""The worker: scheduler and jobs, in a process beside each server, or alone on a club's PostgreSQL."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from itertools import count
from typing import NoReturn

from homestretch.app import open_app
from homestretch.errors import HomestretchError
from homestretch.flow.runtime.heartbeats import beat
from homestretch.jobs.engine import SETTLE_S
from homestretch.jobs.process import heard
from homestretch.logs import set_up_logs
from homestretch.settings import Settings

TICK_S = 1.0
#: Every so many ticks a worker says that it lives, and looks whether others do.
BEAT_TICKS = 3
#: A worker gives way to the server that it works for: somebody waits for a page.
NICE = 5
log = logging.getLogger("homestretch.worker")


def work(settings: Settings, listen: Callable[[float], bytes | None]) -> NoReturn:
    """Do what is due, until `listen` returns the end (b""); this process ends with it.

    What is due is asked for every second where this process leads, and whenever the server beside it says so.
    """
    set_up_logs(settings.log_level, settings.log_file)
    try:
        app = open_app(settings)
        engine = app.start_jobs()
    except HomestretchError as error:  # whoever started this tries again
        log.error(str(error))
        sys.exit(error.exit_code)
    leads = True
    for tick in count():
        said = listen(TICK_S)
        if said == b"":
            break
        try:
            if tick % BEAT_TICKS == 0:
                leads = beat(app.context, engine)
            if leads or said is not None:
                engine.tick(everything=said is not None)
        except Exception:
            log.exception("periodic work failed")
    engine.settle(SETTLE_S)
    # The engine's threads would be waited for, some of them for seconds; what was cut off begins again.
    os._exit(0)


def run_worker(settings: Settings) -> None:
    """Work beside servers and workers on the same PostgreSQL, until a signal to stop."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    work(settings, lambda seconds: b"" if stop.wait(seconds) else None)


def main() -> None:
    """Work for the server that started this process, until that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal interrupts both; the server says when to end
    os.nice(NICE)
    os.umask(0o077)
    work(Settings(), heard)


if __name__ == "__main__":
    main()
