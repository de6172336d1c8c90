"""Gotify: to an application of a server of one's own."""

import json

from homestretch.net.field import Field
from homestretch.net.ways.base import Message, Opening, Way, accepted


def _send(opening: Opening, message: Message) -> None:
    from homestretch.net.deliver import Delivery  # a server that sends nothing starts without it

    delivery = Delivery("Gotify", opening.settings["url"], reach=opening.reach)
    body: dict[str, object] = {"title": message.title, "message": message.text, "priority": 8 if message.urgent else 5}
    if message.link:
        body["extras"] = {"client::notification": {"click": {"url": message.link}}}
    headers = {"X-Gotify-Key": opening.secret, "Content-Type": "application/json"}
    accepted("Gotify", delivery.ask("POST", "/message", content=json.dumps(body).encode(), headers=headers))


WAY = Way(
    "gotify",
    "Gotify",
    "url",
    (Field("url", "Server", required=True),),
    _send,
    "Application token",
    secret_required=True,
)
