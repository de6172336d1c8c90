"""Notices as an account is shown them, and how it has them sent."""

from sqlalchemy import Row

from homestretch.model.documents.notices import (
    MailServerSettings,
    Notice,
    NoticeChannel,
    Notices,
    NoticeSettings,
    NoticeWay,
)
from homestretch.model.notices.kinds import KINDS
from homestretch.model.notices.words import notice_page, notice_sentence
from homestretch.net.ways import ways
from homestretch.net.ways.base import Way
from homestretch.sources.registry import sources
from homestretch.store.database import Reader
from homestretch.store.queries import notices as stored
from homestretch.store.queries.mail import mail_settings
from homestretch.store.queries.notices import Channel
from homestretch.store.scope import Scope


def notice_list(reader: Reader, scope: Scope) -> Notices:
    """Return the notices for the account, the newest first, and how many it has not seen; none for who may only look.

    They are about the athlete, or about the account itself.
    """
    if not scope.may("notifications: edit"):
        return {"items": [], "unseen": 0}
    items = [_notice(row) for row in stored.shown(reader, scope)]
    return {"items": items, "unseen": sum(not item["seen"] for item in items)}


def _notice(row: Row[tuple[object, ...]]) -> Notice:
    source = sources().get(row.details.get("source", ""))
    details = {"name": source.name if source else "the source", **row.details}
    return {
        "id": str(row.id),
        "at_ms": row.at_ms,
        "code": row.code,
        "text": notice_sentence(row.code, details),
        "seen": row.seen is not None,
        "connection": row.connection,
        "page": notice_page(row.code, row.details) if row.code in KINDS else None,
    }


def unseen(reader: Reader, scope: Scope) -> int:
    """Return how many notices the account has not seen yet."""
    return stored.count_unseen(reader, scope) if scope.may("notifications: edit") else 0


def notice_settings(reader: Reader, account_id: int, zone: str) -> NoticeSettings:
    """Return the kinds of notices, the ways to send them, and what an account chose; quiet hours are in `zone`."""
    wishes = stored.wishes_of(reader, account_id)
    return {
        "kinds": [
            {
                "key": kind.key,
                "group": kind.group,
                "title": kind.title,
                "sent": kind.sent,
                "digestible": kind.digestible,
                "urgent": kind.urgent,
            }
            for kind in KINDS.values()
        ],
        "ways": [_way(way, mail_settings(reader) is not None) for way in ways().values()],
        "channels": channel_list(reader, account_id),
        "wishes": {
            "quiet_from": wishes.quiet_from,
            "quiet_until": wishes.quiet_until,
            "zone": zone,
            "digest": wishes.digest,
            "health_values": wishes.health_values,
        },
    }


def _way(way: Way, has_mail: bool) -> NoticeWay:
    return {
        "key": way.key,
        "name": way.name,
        "fields": [
            {
                "key": field.key,
                "title": field.title,
                "kind": field.kind,
                "help": field.help,
                "default": field.default or "",
                "required": field.required,
                "choices": [{"value": value, "title": title} for value, title in field.choices],
            }
            for field in way.fields
        ],
        "secret": way.secret,
        "secret_required": way.secret_required,
        "ready": has_mail or way.key != "email",
        "by_device": way.by_device,
    }


def channel_list(reader: Reader, account_id: int | None = None) -> list[NoticeChannel]:
    """Return the channels of an account, or (None) of everybody, the oldest first."""
    return [_channel(one) for one in stored.channels_of(reader, account_id)]


def _channel(one: Channel) -> NoticeChannel:
    return {
        "id": one.public_id,
        "way": one.way,
        "name": ways()[one.way].name,
        "place": one.settings.get(ways()[one.way].name_key, ""),
        "settings": dict(one.settings),
        "has_secret": one.secret is not None and ways()[one.way].secret is not None,
        "kinds": [kind.key for kind in KINDS.values() if one.sends(kind)],
        "paused": one.paused,
        "state": one.state,
        "reason": one.reason,
        "retry_at_ms": one.retry_at_ms,
        "sent_ms": one.sent_ms,
        "address_state": one.address_state,
    }


def mail_server_settings(reader: Reader) -> MailServerSettings:
    """Return which server sends e-mail; its password is never shown."""
    found = mail_settings(reader)
    if found is None:
        return {"server": None}
    return {
        "server": {
            "host": found.host,
            "port": found.port,
            "security": found.security,
            "username": found.username,
            "has_password": found.password is not None,
            "sender": found.sender,
        }
    }
