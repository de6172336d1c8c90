"""Push: to a browser in which somebody turned notifications on, through the push service of its maker."""

import hashlib
import json
from urllib.parse import urlsplit

from homestretch.net.field import Field
from homestretch.net.ways.base import DeviceGone, Message, NotSent, Opening, Way, accepted

#: Push services have to take 4,096 bytes with what encryption adds; a message is well below.
MOST_BYTES = 3000
#: A push service keeps a message so long for a device that is off.
KEPT_S = 3 * 86_400
#: What a push service answers once a browser has given up its address.
GONE = (404, 410)


def content(message: Message) -> bytes:
    """Return a message as the service worker reads it (JSON), without what is too long at its end."""
    text = message.text
    while True:
        said = {"id": message.id, "title": message.title, "text": text, "page": message.page}
        made = json.dumps(said, ensure_ascii=False).encode()
        if len(made) <= MOST_BYTES:
            return made
        text = text.rpartition("\n")[0] or f"{text[: len(text) // 2]}…"


def _send(opening: Opening, message: Message) -> None:
    from homestretch.net.deliver import Delivery  # a server that sends nothing starts without it
    from homestretch.net.ways.web_push import authorization, encrypt_for, from_base64url

    if opening.push is None:
        raise NotSent(name="The push service", reason="this server has no key for it")
    device = json.loads(opening.secret)
    parts = urlsplit(device["endpoint"])
    origin = f"{parts.scheme}://{parts.netloc}"
    headers = {
        "Authorization": authorization(opening.push, origin, message.at_ms // 1000),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT_S),
        "Urgency": "high" if message.urgent else "normal",
        # What is sent again takes the place of itself, and of nothing else.
        "Topic": hashlib.sha256(message.id.encode()).hexdigest()[:32],
    }
    body = encrypt_for(from_base64url(device["p256dh"]), from_base64url(device["auth"]), content(message))
    # The address is a secret of the device: as the base, it is in no error.
    delivery = Delivery("The push service", device["endpoint"], reach=opening.reach)
    reply = delivery.ask("POST", "", content=body, headers=headers)
    if reply.status in GONE:
        raise DeviceGone(name=opening.settings["device"])
    accepted("The push service", reply)


WAY = Way("push", "Push", "device", (Field("device", "Name", required=True),), _send, by_device=True)
