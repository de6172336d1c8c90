"""ntfy: to a topic of ntfy.sh or of a server of one's own."""

import json

from homestretch.net.field import Field
from homestretch.net.ways.base import Message, Opening, Way, accepted

SERVER = "https://ntfy.sh"


def _send(opening: Opening, message: Message) -> None:
    from homestretch.net.deliver import Delivery  # a server that sends nothing starts without it

    delivery = Delivery("ntfy", opening.settings.get("url") or SERVER, reach=opening.reach)
    body = {"topic": opening.settings["topic"], "title": message.title, "message": message.text}
    more = {"priority": 4} if message.urgent else {}
    click = {"click": message.link} if message.link else {}
    headers = {"Authorization": f"Bearer {opening.secret}"} if opening.secret else {}
    content = json.dumps({**body, **more, **click}).encode()
    accepted("ntfy", delivery.ask("POST", "/", content=content, headers=headers))


WAY = Way(
    "ntfy",
    "ntfy",
    "topic",
    (
        Field("url", "Server", help="Your own server, if it is not ntfy.sh.", default=SERVER),
        Field("topic", "Topic", required=True, help="Whoever knows the topic can read it, unless it is protected."),
    ),
    _send,
    "Access token",
)
