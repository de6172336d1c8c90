"""The one way for a test to wait: for a condition, with the state printed when it gives up."""

import time
from collections.abc import Callable

#: Nobody waits so long for what is there; a busy machine may need it.
PATIENCE_S = 90.0


def wait_until[T](
    condition: Callable[[], T], state: Callable[[], object] | None = None, within_s: float = PATIENCE_S
) -> T:
    """Return the condition's first true value. Fails after `within_s`, and says that it was for time alone."""
    began = time.monotonic()
    while not (value := condition()):
        waited = time.monotonic() - began
        if waited > within_s:
            seen = "" if state is None else f"; what was there instead: {state()}"
            raise AssertionError(f"out of time: waited {waited:.0f} s for {_name(condition)}{seen}")
        time.sleep(0.02)
    return value


def _name(condition: Callable[[], object]) -> str:
    code = getattr(condition, "__code__", None)
    where = f" ({code.co_filename.rpartition('/')[2]}:{code.co_firstlineno})" if code else ""
    return f"{getattr(condition, '__qualname__', condition)}{where}"
