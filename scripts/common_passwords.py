"""Make the list of the most used passwords: `scripts/common_passwords.py FILE`, a text with one password a line.

The list that is here was made from the one in Django 5.2 (django/contrib/auth/common-passwords.txt.gz), which Royce
Williams compiled from leaked passwords, the most used first. What is kept is the begin of a hash of each: enough to
know a password again, and nothing that is rude to read.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from homestretch.flow.accounts.passwords import COMMON_FILE, MIN_PASSWORD, common_mark  # noqa: E402

MOST = 3_000


def main() -> None:
    """Write the marks of the first passwords that are long enough to be one here."""
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    words = dict.fromkeys(line.strip().casefold() for line in lines if len(line.strip()) >= MIN_PASSWORD)
    marks = sorted(map(common_mark, list(words)[:MOST]))
    COMMON_FILE.write_text("\n".join(marks) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
