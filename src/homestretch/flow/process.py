"""Which process this is, and whether another one is dead: for leases and heartbeats."""

import os
import secrets
import socket

HOST = socket.gethostname().replace(":", "_")
#: Tells this process from an earlier one of the same number.
TOKEN = secrets.token_hex(4)
ME = f"{HOST}:{os.getpid()}:{TOKEN}"


def is_dead(process: str) -> bool:
    """Return whether a process, named as ME is, was one of this machine that is no more; of others nobody can know."""
    host, pid, token = process.split(":")
    if host != HOST or not pid.isdigit():
        return False
    if int(pid) == os.getpid():
        return token != TOKEN
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
