"""How a worker process begins; imported before its work is, so it imports next to nothing."""

import contextlib
import multiprocessing
import os
import threading
from typing import Any


def begin_worker(memory_mb: int) -> None:
    """Bound a worker process's memory, give way to the server, and end with the parent, however that ends."""
    import resource
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (memory_mb * 1_000_000, resource.RLIM_INFINITY))
    os.nice(5)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)
