"""The fake as a process of its own: `python -m tests.fakes.garmin --port P`; it prints its URL first."""

import argparse
import signal
import threading

from tests.fakes.garmin import Account, FakeGarmin


def main() -> None:
    """Serve one account until the process is told to end."""
    options = argparse.ArgumentParser(prog="tests.fakes.garmin")
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--activities", type=int, default=60)
    options.add_argument("--days", type=int, default=60)
    options.add_argument("--over-days", type=int, default=0)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    account = Account(seed=given.seed, activity_count=given.activities, days=given.days, over_days=given.over_days)
    ended = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: ended.set())
    with FakeGarmin(account, port=given.port) as fake:
        print(fake.url, flush=True)
        ended.wait()


main()
