"""One-time codes of authenticator apps (RFC 6238 with SHA-1, six digits, 30 seconds), and how apps take a secret."""

import base64
import hmac
import secrets
from urllib.parse import quote, urlencode

STEP_MS = 30_000
DIGITS = 6
#: A clock may be a step behind or ahead.
WINDOW = 1
#: Bytes of a secret, as many as SHA-1 makes.
LENGTH = 20
ISSUER = "Homestretch"
#: The longest name in an address that becomes a picture.
MOST_NAME = 30


def new_secret() -> str:
    """Return a new secret as apps take it, in base32."""
    return base64.b32encode(secrets.token_bytes(LENGTH)).decode()


def code_at(secret: str, step: int) -> str:
    """Return the code of a secret (base32) at a step, counted from 1970."""
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), "sha1")
    at = digest[-1] & 15
    number = int.from_bytes(digest[at : at + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_of(secret: str, code: str, now_ms: int, after: int) -> int | None:
    """Return the step whose code was given, within the window and after a step that was used; None for none."""
    now = now_ms // STEP_MS
    steps = [step for step in range(now - WINDOW, now + WINDOW + 1) if step > max(after, -1)]
    right = [step for step in steps if hmac.compare_digest(code_at(secret, step).encode(), code.encode())]
    return right[0] if right else None


def address(secret: str, username: str) -> str:
    """Return the address by which an app takes a secret, as text or from a picture."""
    label = quote(f"{ISSUER}:{username[:MOST_NAME]}")
    # SHA-1, six digits and 30 seconds are what apps take for granted: unsaid, they leave the picture coarse.
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': ISSUER})}"
