"""Which process this is, and whether another one is dead: for leases and heartbeats."""

import os
import secrets
import socket
from pathlib import Path


def _namespace() -> str:
    """Return the namespace of process numbers: containers may share a host's name but not their processes."""
    link = Path("/proc/self/ns/pid")
    return f"/{link.stat().st_ino}" if link.exists() else ""


HOST = socket.gethostname().replace(":", "_") + _namespace()
#: Separates this process from an earlier one of the same number.
TOKEN = secrets.token_hex(4)
ME = f"{HOST}:{os.getpid()}:{TOKEN}"


def is_dead(process: str) -> bool:
    """Return whether a process, named as ME is, was one of this machine and has ended; False for other machines'."""
    if process.count(":") != 2:
        return False  # a name that an earlier Homestretch wrote down
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
