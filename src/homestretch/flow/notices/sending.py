"""Sends what is due on a channel as one message, each notice once, and rests a channel that does not work."""

import logging
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from homestretch.errors import HomestretchError
from homestretch.flow.notices.mail import mail_server
from homestretch.flow.notices.push_key import push_key_of
from homestretch.flow.notices.times import due_ms
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.leases import lease
from homestretch.flow.runtime.notifications import unwarn, warn
from homestretch.flow.runtime.schedule import athlete_zone
from homestretch.flow.runtime.secret_store import keys
from homestretch.flow.sinks.reach import reach_of_channel
from homestretch.model.moment import DAY_MS
from homestretch.model.notices.kinds import KINDS
from homestretch.model.notices.words import notice_page, notice_sentence
from homestretch.net.budget import Unreachable
from homestretch.net.ways import ways
from homestretch.net.ways.base import DeviceGone, Message, Opening
from homestretch.sources.registry import sources
from homestretch.store.database import Reader
from homestretch.store.queries import notices as stored
from homestretch.store.queries.accounts import preferred_zone
from homestretch.store.queries.notices import Channel, Wishes

type Found = Row[tuple[object, ...]]
#: What is older than a weekly digest is no news.
NEWS_MS = 8 * DAY_MS
#: A channel is tried so often in a row, after these waits, and then rests until somebody mends it.
TRIES = 5
WAITS_MS = (60_000, 300_000, 1_800_000, 7_200_000)
#: A server that asks for more time is given it, up to so much.
LONGEST_WAIT_MS = DAY_MS
#: A message has at most so many lines.
MOST_LINES = 20
log = logging.getLogger("homestretch.notices")


def due_channels(context: Context) -> list[int]:
    """Return the channels that have something to send now."""
    now = context.clock()
    with context.database.read() as reader:
        return [one.id for one in stored.channels_of(reader) if _may_send(one, now) and _due(reader, one, now)]


def _may_send(channel: Channel, now: int) -> bool:
    waits = channel.state == "stopped" or (channel.state == "backed_off" and (channel.retry_at_ms or 0) > now)
    return not channel.paused and not waits and channel.address_state != "unconfirmed"


def _due(reader: Reader, channel: Channel, now: int) -> list[Found]:
    """Return the notices that go out now, the oldest first."""
    found = stored.to_send(reader, channel, max(channel.created_ms, now - NEWS_MS), now)
    if not found:
        return []
    wishes = stored.wishes_of(reader, channel.account_id)
    zone = zone_of(reader, channel.account_id)
    return [row for row in found if due_ms(row.at_ms, KINDS[row.code], wishes, zone, channel.sent_ms) <= now]


def zone_of(reader: Reader, account_id: int) -> ZoneInfo:
    """Return the zone of an account: the one that it prefers, else its first athlete's, else UTC."""
    athlete = stored.first_athlete(reader, account_id)
    return ZoneInfo(preferred_zone(reader, account_id) or (athlete and athlete_zone(reader, athlete)) or "UTC")


def send_due(context: Context, channel_id: int) -> int:
    """Send what is due on a channel, and return how many notices that were. A failure is in the channel's state.

    That they are handed over is noted before: where this is cut off in between, none is sent twice, and all are in the
    app. Raises Occupied while another process sends.
    """
    with lease(context, f"notices:{channel_id}"):
        now = context.clock()
        with context.database.write() as session:
            channel = stored.channel_by_id(session, channel_id)
            if channel is None or not _may_send(channel, now):
                return 0
            due = _due(session, channel, now)
            if not due:
                return 0
            stored.claim(session, channel.id, [row.id for row in due], now)
            wishes = stored.wishes_of(session, channel.account_id)
        try:
            deliver(context, channel, message_of(context, channel, due, wishes))
        except DeviceGone:
            return 0  # so is its channel
        except HomestretchError as error:
            _failed(context, channel, [row.id for row in due], error)
            return 0
        good = {"state": "ready", "reason": None, "retry_at_ms": None, "failures": 0, "sent_ms": context.clock()}
        with context.database.write() as session:
            stored.set_channel(session, channel.id, good)
        return len(due)


def _failed(context: Context, channel: Channel, notices: Sequence[int], error: HomestretchError) -> None:
    """Keep what did not arrive for the next try; what passes is tried again, what was refused waits for a person."""
    now = context.clock()
    failures = channel.failures + 1
    stops = failures >= TRIES or not isinstance(error, Unreachable)
    standing = {"reason": str(error), "failures": failures, "state": "stopped" if stops else "backed_off"}
    asked_ms = int((error.after_s or 0) * 1000) if isinstance(error, Unreachable) else 0
    retry = None if stops else now + max(WAITS_MS[failures - 1], min(asked_ms, LONGEST_WAIT_MS))
    log.warning("notices not sent", extra={"channel": channel.public_id, "way": channel.way, "code": error.code})
    with context.database.write() as session:
        stored.unclaim(session, channel.id, notices)
        stored.set_channel(session, channel.id, {**standing, "retry_at_ms": retry})
        if stops:
            name = ways()[channel.way].name
            details = {"about": channel.public_id, "name": name, "text": str(error)}
            warn(session, channel.account_id, now, "channel_stopped", details)


def message_of(context: Context, channel: Channel, due: Sequence[Found], wishes: Wishes) -> Message:
    """Return one message of notices; those about an athlete name it where they are about several."""
    several = len({row.athlete_id for row in due if row.athlete_id is not None}) > 1
    lines = [_line(row, wishes, several) for row in due]
    rest = len(lines) - MOST_LINES
    if rest > 0:
        lines = [*lines[:MOST_LINES], f"And {rest} more."]
    title = KINDS[due[0].code].title if len({row.code for row in due}) == 1 else f"{len(due)} notifications"
    pages = {notice_page(row.code, row.details) for row in due}
    page = pages.pop() if len(pages) == 1 else "/"
    home = (context.settings.public_url or "").rstrip("/")
    return Message(
        f"{channel.public_id}.{due[-1].id}",
        title,
        tuple(dict.fromkeys(lines)),
        context.clock(),
        any(KINDS[row.code].urgent for row in due),
        tuple(dict.fromkeys(row.code for row in due)),
        f"{home}{page}" if home else None,
        f"{home}/api/notifications/stop/{channel.stop_token}" if home else None,
        page,
    )


def _line(row: Found, wishes: Wishes, several: bool) -> str:
    source = sources().get(row.details.get("source", ""))
    details = {"name": source.name if source else "the source", **row.details}
    said = notice_sentence(row.code, details, health_values=wishes.health_values)
    return f"{row.athlete}: {said}" if several and row.athlete else said


def deliver(context: Context, channel: Channel, message: Message) -> None:
    """Send a message on a channel; that of a device that takes no more is removed.

    Raises NotSent, Unreachable, DeviceGone, NoMailServer, PrivateAddress, ReservedAddress, KeyMissing.
    """
    secret = "" if channel.secret is None else keys(context.settings).open(channel.secret)
    reach = reach_of_channel(context, by_admin=channel.by_admin)
    mail = mail_server(context) if channel.way == "email" else None
    push = push_key_of(context) if channel.device_hash is not None else None
    try:
        ways()[channel.way].send(Opening(channel.settings, secret, reach, mail, push), message)
    except DeviceGone:
        with context.database.write() as session:
            stored.remove_channel(session, channel.id)
            unwarn(session, channel.account_id, "channel_stopped", channel.public_id)
        raise
