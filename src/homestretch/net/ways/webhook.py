"""A webhook: JSON to an address, signed so that whoever gets it knows who sent it."""

import hashlib
import hmac
import json

from homestretch.net.field import Field
from homestretch.net.ways.base import Message, Opening, Way, accepted


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """Return the HMAC-SHA256 of `timestamp.body`, in hexadecimal digits."""
    return hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()


def _send(opening: Opening, message: Message) -> None:
    from homestretch.net.deliver import Delivery  # a server that sends nothing starts without it

    delivery = Delivery("The webhook", opening.settings["url"], reach=opening.reach)
    content = {"id": message.id, "kinds": list(message.kinds), "title": message.title, "lines": list(message.lines)}
    body = json.dumps({**content, "at_ms": message.at_ms, "link": message.link}).encode()
    timestamp = message.at_ms // 1000
    headers = {
        "Content-Type": "application/json",
        "X-Homestretch-Id": message.id,
        "X-Homestretch-Timestamp": str(timestamp),
    }
    if opening.secret:
        headers["X-Homestretch-Signature"] = f"sha256={signature(opening.secret, timestamp, body)}"
    accepted("The webhook", delivery.ask("POST", "", content=body, headers=headers))


WAY = Way(
    "webhook",
    "Webhook",
    "url",
    (Field("url", "Address", required=True),),
    _send,
    "Secret for signatures",
)
