"""Checks the subjects of commits since the rule is kept: `room: imperative`, at most 72 characters.

With a file, as git gives it to the hook scripts/commit-msg, it checks the message in it.
"""

import re
import subprocess
import sys
from pathlib import Path

#: The last commit that the rule does not hold for.
BEFORE = "c1d6028"
LONGEST = 72
SUBJECT = re.compile(r"[a-z0-9_]+(/[a-z0-9_]+)*: [a-z].*[^.]")


def wrong(subject: str) -> str | None:
    """Return what is wrong with a subject, None where nothing is."""
    if len(subject) > LONGEST:
        return f"it has {len(subject)} characters, {LONGEST} at most"
    return None if SUBJECT.fullmatch(subject) else "write `room: imperative`, as in `views/records: say who was first`"


def check_message(file: Path) -> int:
    """Print what is wrong with the subject of a message, and return 1 if something is; git's own subjects are fine."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    subject = lines[0] if lines else ""
    why = None if subject.startswith(("Merge ", "fixup! ", "squash! ")) else wrong(subject)
    if why is not None:
        print(f"commit-msg: {subject}\n  {why}", file=sys.stderr)  # noqa: T201
    return int(why is not None)


def main() -> int:
    """Print every subject that is wrong, and return how many there are; a checkout without its past has none."""
    asked = ["git", "log", "--no-merges", "--format=%h %s", f"{BEFORE}..HEAD"]
    told = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603
    if told.returncode:
        print("commit subjects: not checked, for the past is not in this checkout", file=sys.stderr)  # noqa: T201
    lines = [line.partition(" ") for line in told.stdout.splitlines()]
    found = [(commit, subject, why) for commit, _, subject in lines if (why := wrong(subject)) is not None]
    for commit, subject, why in found:
        print(f"{commit} {subject}\n  {why}", file=sys.stderr)  # noqa: T201
    return len(found)


if __name__ == "__main__":
    sys.exit(check_message(Path(sys.argv[1])) if sys.argv[1:] else main() > 0)
