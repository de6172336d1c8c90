"""Notices are sent once each, to those who may know, as one message; a channel that does not work says so."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from homestretch.errors import BadRequest
from homestretch.flow.accounts.accounts import create_account
from homestretch.flow.accounts.sessions import open_by_password
from homestretch.flow.notices import channels as flow
from homestretch.flow.notices import sending
from homestretch.flow.notices.addresses import confirm
from homestretch.flow.notices.mail import NewMailServer, send_test, set_mail_server
from homestretch.flow.notices.sending import due_channels, send_due
from homestretch.flow.notices.times import GATHER_MS, REST_MS
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.notifications import remind, remove, see_all, warn
from homestretch.net.reach import PrivateAddress
from homestretch.net.ways.base import NotSent
from homestretch.net.ways.email import NotEncrypted
from homestretch.store.queries import notices as stored
from homestretch.store.queries.notices import Channel
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import grants
from homestretch.views.people.notices import notice_list, unseen
from tests.fakes.mail import MailSink, code_in, mail_sink

BEGAN_MS = 1_790_000_000_000


class Hook(ThreadingHTTPServer):
    """A server that takes messages, or answers with another status."""

    status = 200
    taken: list[tuple[str, dict[str, str], bytes]]


class Handler(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.status == 200:
            headers = {name.lower(): value for name, value in self.headers.items()}
            self.server.taken.append((self.path, headers, body))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def hook() -> Iterator[Hook]:
    server = Hook(("127.0.0.1", 0), Handler)
    server.taken = []
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def mail() -> Iterator[MailSink]:
    with mail_sink() as made:
        yield made


@dataclass
class World:
    """An account with an athlete, and a clock that tests move."""

    context: Context
    account: int
    athlete: int
    now: list[int] = field(default_factory=lambda: [BEGAN_MS])

    @property
    def scope(self) -> Scope:
        return Scope(self.athlete, self.account)

    def later(self, ms: int = GATHER_MS) -> None:
        self.now[0] += ms

    def gear(self, name: str = "Chain", athlete: int | None = None) -> None:
        with self.context.database.write() as session:
            details = {"component": name, "gear": "Bike"}
            remind(session, athlete or self.athlete, self.now[0], "service_due", details)

    def send(self) -> int:
        return sum(send_due(self.context, channel) for channel in due_channels(self.context))

    def channels(self) -> list[Channel]:
        with self.context.database.read() as reader:
            return stored.channels_of(reader)

    def webhook(self, hook: Hook, account: int | None = None) -> str:
        url = f"http://127.0.0.1:{hook.server_address[1]}/in"
        return flow.add(self.context, account or self.account, "webhook", {"url": url}, "s3cret")


@pytest.fixture
def world(sqlite_context: Context) -> World:
    now = [BEGAN_MS]
    context = replace(sqlite_context, clock=lambda: now[0])
    account = create_account(context, "ann", "correct horse battery", is_admin=True)
    with context.database.read() as reader:
        athlete = stored.first_athlete(reader, account)
    assert athlete is not None
    return World(context, account, athlete, now)


def lines(hook: Hook) -> list[list[str]]:
    return [json.loads(body)["lines"] for _, _, body in hook.taken]


def test_a_webhook_is_signed(world: World, hook: Hook) -> None:
    world.webhook(hook)
    world.gear()
    assert world.send() == 0  # more may come
    world.later()
    assert world.send() == 1
    ((path, headers, body),) = hook.taken
    assert path == "/in"
    assert json.loads(body)["lines"] == ["Chain of Bike is due for service."]
    signed = f"{headers['x-homestretch-timestamp']}.".encode() + body
    assert headers["x-homestretch-signature"] == "sha256=" + hmac.new(b"s3cret", signed, hashlib.sha256).hexdigest()
    assert int(headers["x-homestretch-timestamp"]) == world.now[0] // 1000


def test_each_is_sent_once_and_a_rush_is_one_message(world: World, hook: Hook) -> None:
    world.webhook(hook)
    for number in range(100):
        world.gear(f"Part {number}")
    world.later()
    assert world.send() == 100
    assert world.send() == 0
    ((sent,),) = [lines(hook)]
    assert len(sent) == 21
    assert sent[-1] == "And 80 more."
    world.gear("Late")
    world.later()
    assert world.send() == 0  # the channel rests
    world.later(REST_MS)
    assert world.send() == 1


def test_what_was_seen_is_not_sent(world: World, hook: Hook) -> None:
    world.webhook(hook)
    world.gear()
    see_all(world.context, world.scope)
    world.later()
    assert world.send() == 0


def test_what_was_there_before_the_channel_is_not_sent(world: World, hook: Hook) -> None:
    world.gear()
    world.later()
    world.webhook(hook)
    world.later()
    assert world.send() == 0


def test_two_accounts_see_and_get_their_own(world: World, hook: Hook) -> None:
    ben = create_account(world.context, "ben", "correct horse battery", is_admin=True)
    with world.context.database.write() as session:
        session.run(insert(grants).values(account_id=ben, athlete_id=world.athlete, role="editor"))
    world.webhook(hook, ben)
    world.gear()
    see_all(world.context, world.scope)
    theirs = Scope(world.athlete, ben, "editor")
    with world.context.database.read() as reader:
        assert (unseen(reader, world.scope), unseen(reader, theirs)) == (0, 1)
        (item,) = notice_list(reader, theirs)["items"]
    remove(world.context, world.scope, int(item["id"]))
    with world.context.database.read() as reader:
        assert notice_list(reader, world.scope)["items"] == []
        assert [one["seen"] for one in notice_list(reader, theirs)["items"]] == [False]
    world.later()
    assert world.send() == 1


@pytest.mark.parametrize("role", ["viewer", None])
def test_whoever_may_not_know_is_sent_nothing(world: World, hook: Hook, role: str | None) -> None:
    ben = create_account(world.context, "ben", "correct horse battery", is_admin=True)
    with world.context.database.write() as session:
        session.run(insert(grants).values(account_id=ben, athlete_id=world.athlete, role="editor"))
    world.webhook(hook, ben)
    world.gear()
    mine = (grants.c.account_id == ben) & (grants.c.athlete_id == world.athlete)
    with world.context.database.write() as session:
        session.run(delete(grants).where(mine) if role is None else update(grants).where(mine).values(role=role))
    world.later()
    assert world.send() == 0


def test_notices_about_an_account_are_for_it_alone(world: World, hook: Hook) -> None:
    ben = create_account(world.context, "ben", "correct horse battery", is_admin=True)
    world.webhook(hook, ben)
    with world.context.database.write() as session:
        warn(session, world.account, world.now[0], "recovery_code_used", {})
    assert world.send() == 0
    world.later(1)
    world.webhook(hook)
    with world.context.database.write() as session:
        warn(session, world.account, world.now[0], "recovery_code_used", {})
    assert world.send() == 1  # at once: it is urgent
    with world.context.database.read() as reader:
        assert unseen(reader, world.scope) == 2


def test_only_administrators_reach_into_the_network_of_the_server(world: World, hook: Hook) -> None:
    ben = create_account(world.context, "ben", "correct horse battery", is_admin=False)
    with pytest.raises(PrivateAddress):
        world.webhook(hook, ben)


@pytest.mark.parametrize("url", ["http://x:999999", "ftp://x", "http://", "http://[::1"])
def test_what_is_no_address_is_refused_in_words(world: World, url: str) -> None:
    with pytest.raises(BadRequest, match="address"):
        flow.add(world.context, world.account, "webhook", {"url": url}, None)


def test_a_kind_is_switched_off(world: World, hook: Hook) -> None:
    made = world.webhook(hook)
    flow.change(world.context, world.account, made, flow.ChannelChange(kinds={"service_due": False}))
    world.gear()
    world.later()
    assert world.send() == 0


def test_a_channel_is_tried_five_times_and_says_that_it_stopped(world: World, hook: Hook) -> None:
    made = world.webhook(hook)
    world.gear()
    world.later()
    hook.status = 503
    tries = 0
    while (state := world.channels()[0]).state != "stopped":
        assert world.send() == 0
        tries += 1
        world.now[0] = max(world.now[0], world.channels()[0].retry_at_ms or 0)
        assert tries <= sending.TRIES
    assert tries == sending.TRIES
    assert state.reason is not None and "503" in state.reason
    with world.context.database.read() as reader:
        said = [one["code"] for one in notice_list(reader, world.scope)["items"]]
    assert said == ["channel_stopped", "service_due"]
    hook.status = 200
    flow.send_test(world.context, made, world.account)
    assert world.send() == 1  # nothing was lost
    with world.context.database.read() as reader:
        assert [one["code"] for one in notice_list(reader, world.scope)["items"]] == ["service_due"]


def test_a_refusal_stops_at_once(world: World, hook: Hook) -> None:
    world.webhook(hook)
    world.gear()
    world.later()
    hook.status = 404
    world.send()
    assert world.channels()[0].state == "stopped"


def test_what_was_cut_off_is_not_sent_twice(world: World, hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    world.webhook(hook)
    world.gear()
    world.later()
    sent = sending.deliver

    def killed(*given: Any) -> None:
        sent(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(sending, "deliver", killed)
    with pytest.raises(KeyboardInterrupt):
        world.send()
    monkeypatch.undo()
    assert len(hook.taken) == 1
    assert world.send() == 0


def use(world: World, mail: MailSink, *, password: str | None = None) -> None:
    server = NewMailServer("127.0.0.1", mail.port, "none", "hs@example.com", "ann" if password else None, password)
    set_mail_server(world.context, server)


def confirmed(world: World, mail: MailSink) -> str:
    made = flow.add(world.context, world.account, "email", {"to": "ann@example.com"}, None)
    confirm(world.context, world.account, made, code_in(mail))
    return made


def test_an_email_is_text_and_html_and_can_be_stopped(world: World, mail: MailSink) -> None:
    mail.password = ("ann", "pass word")
    use(world, mail, password="pass word")
    at_home = world.context.settings.model_copy(update={"public_url": "https://home.example"})
    world.context = replace(world.context, settings=at_home)
    confirmed(world, mail)
    world.gear("Kettenblätter & <b>Kette</b>")
    world.later()
    assert world.send() == 1
    letter = mail.taken[-1]
    assert letter["Subject"] == "Gear is due for service"
    assert letter["Auto-Submitted"] == "auto-generated"
    stop = f"https://home.example/api/notifications/stop/{world.channels()[0].stop_token}"
    assert letter["List-Unsubscribe"] == f"<{stop}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text, html = (part.get_content() for part in letter.iter_parts())
    assert "Kettenblätter & <b>Kette</b> of Bike" in text
    assert "Kettenblätter &amp; &lt;b&gt;Kette" in html
    flow.stop_by_token(world.context, world.channels()[0].stop_token)
    assert world.channels()[0].paused


def test_a_refused_address_is_said_in_words(world: World, mail: MailSink) -> None:
    use(world, mail)
    made = confirmed(world, mail)
    mail.refusal = "550 no such person"
    with pytest.raises(NotSent, match="550 no such person"):
        flow.send_test(world.context, made, world.account)


def test_a_password_that_smtp_cannot_carry_is_said_in_words(world: World, mail: MailSink) -> None:
    mail.password = ("ann", "pässword")
    use(world, mail, password="pässword")
    with pytest.raises(NotSent, match="ASCII"):
        send_test(world.context, "ann@example.com")


def test_a_server_without_encryption_is_not_asked_in_clear(world: World, mail: MailSink) -> None:
    server = NewMailServer("127.0.0.1", mail.port, "starttls", "hs@example.com")
    set_mail_server(world.context, server)
    with pytest.raises(NotSent, match="STARTTLS"):
        flow.add(world.context, world.account, "email", {"to": "ann@example.com"}, None)
    assert mail.taken == []
    with pytest.raises(NotEncrypted):
        set_mail_server(world.context, NewMailServer("mail.example.com", 25, "none", "hs@example.com"))


def test_a_password_stays_with_its_server(world: World, mail: MailSink) -> None:
    use(world, mail, password="secret one")
    set_mail_server(world.context, NewMailServer("localhost", mail.port, "none", "hs@example.com", "ann"))
    mail.password = ("ann", "secret one")
    with pytest.raises(NotSent):
        flow.add(world.context, world.account, "email", {"to": "ann@example.com"}, None)
    assert world.channels() == []


def test_ntfy_and_gotify_get_what_they_read(world: World, hook: Hook) -> None:
    url = f"http://127.0.0.1:{hook.server_address[1]}"
    flow.send_test(world.context, flow.add(world.context, world.account, "ntfy", {"url": url, "topic": "run"}, "tk"))
    flow.send_test(world.context, flow.add(world.context, world.account, "gotify", {"url": url}, "app"))
    (path, headers, body), (there, more, second) = hook.taken
    assert (path, headers["authorization"], json.loads(body)["topic"]) == ("/", "Bearer tk", "run")
    assert (there, more["x-gotify-key"], json.loads(second)["priority"]) == ("/message", "app", 5)


def test_a_new_device_says_so_once(world: World) -> None:
    for agent in ("Firefox", "Firefox", "Safari", "Safari"):
        open_by_password(world.context, world.account, agent=agent)
    with world.context.database.read() as reader:
        said = [one["code"] for one in notice_list(reader, world.scope)["items"]]
    assert said == ["new_device"]
