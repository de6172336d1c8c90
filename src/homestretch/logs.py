"""Logging: one JSON line per event, to standard error, with secrets blacked out."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from homestretch.errors import HomestretchError

_OWN = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_SECRET = re.compile(r"pass(word)?|token|secret|cookie|session|authorization|api_?key", re.IGNORECASE)
_IN_TEXT = re.compile(
    r"""((?:password|token|secret|code|api_?key|homestretch_session)["']?\s*[=:]\s*["']?)[^&\s"',;}]+"""
    r"""|((?:set-)?cookie["']?:\s*).+|(bearer |basic )[\w+/=.~-]+|(://[^:/\s]*:)[^@/\s]+(?=@)|\bhs_[\w-]{20,}""",
    re.IGNORECASE,
)


class JsonLines(logging.Formatter):
    """Formats a record as one line of JSON; what a call gives as `extra` are further keys."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "log": record.name,
            "message": redact(record.getMessage()),
        }
        for key, value in vars(record).items():
            if key not in _OWN:
                line[key] = _plain(key, value)
        if record.exc_info:
            line["error"] = redact(self.formatException(record.exc_info))
        return json.dumps(line, default=str)


def redact(text: str) -> str:
    """Return the text with whatever looks like a secret blacked out."""
    return _IN_TEXT.sub(lambda found: f"{next(filter(None, found.groups()), '')}…", text)


def _plain(key: str, value: Any) -> Any:
    """Return what a key holds, its secrets blacked out however deep they lie."""
    if _SECRET.search(key):
        return "…"
    if isinstance(value, dict):
        return {str(inner): _plain(str(inner), held) for inner, held in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(key, held) for held in value]
    return value if value is None or isinstance(value, int | float) else redact(str(value))


class NoLogFile(HomestretchError):
    """The log file {path} can't be written ({reason}). Choose another with --log-file or HOMESTRETCH_LOG_FILE."""

    exit_code = 2


def set_up_logs(level: str, file: Path | None = None) -> None:
    """Log everything of this process as JSON lines to standard error, and to a file where one is given.

    Raises NoLogFile.
    """
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    if file is not None:
        try:
            handlers.append(logging.FileHandler(file, encoding="utf-8"))
        except OSError as error:
            raise NoLogFile(path=file, reason=error.strerror) from error
    for handler in handlers:
        handler.setFormatter(JsonLines())
    logging.basicConfig(level=level.upper(), handlers=handlers, force=True)
    for noisy in ("alembic", "uvicorn.access", "dbos", "httpx", "httpcore", "mcp"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
