"""Nothing but a code is sent to an e-mail address before it is confirmed."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from homestretch.errors import Conflict, NotFound
from homestretch.flow.accounts.accounts import create_account
from homestretch.flow.notices import channels as flow
from homestretch.flow.notices.addresses import (
    HOLDS_MS,
    TRIES,
    AddressCodeOver,
    AddressNotConfirmed,
    WrongAddressCode,
    ask_again,
    confirm,
)
from homestretch.flow.notices.channels import ChannelChange
from homestretch.flow.notices.mail import NewMailServer, set_mail_server
from homestretch.flow.notices.sending import due_channels, send_due
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.notifications import warn
from homestretch.net.ways.base import NoMailServer, NotSent
from homestretch.store.queries import notices as stored
from homestretch.store.queries.notices import Channel
from tests.fakes.mail import MailSink, code_in, mail_sink, text_of

BEGAN_MS = 1_790_000_000_000
ANN = {"to": "ann@example.com"}


@pytest.fixture
def mail() -> Iterator[MailSink]:
    with mail_sink() as made:
        yield made


class Post:
    """An account on a server that sends e-mail, and a clock that tests move."""

    def __init__(self, context: Context, mail: MailSink) -> None:
        self.now = BEGAN_MS
        settings = context.settings.model_copy(update={"public_url": "https://home.example"})
        self.context = replace(context, clock=lambda: self.now, settings=settings)
        self.mail = mail
        set_mail_server(self.context, NewMailServer("127.0.0.1", mail.port, "none", "hs@example.com"))
        self.account = create_account(self.context, "ann", "correct horse battery", is_admin=True)

    def add(self) -> str:
        return flow.add(self.context, self.account, "email", ANN, None)

    def confirm(self, name: str, proof: str) -> None:
        self.now += 1000
        confirm(self.context, self.account, name, proof)

    def send(self) -> int:
        """Leave the account an urgent notice, and send what is due."""
        self.now += 1000
        with self.context.database.write() as session:
            warn(session, self.account, self.now, "recovery_code_used", {})
        return sum(send_due(self.context, channel) for channel in due_channels(self.context))

    def channel(self) -> Channel:
        with self.context.database.read() as reader:
            (found,) = stored.channels_of(reader)
        return found


@pytest.fixture
def post(sqlite_context: Context, mail: MailSink) -> Post:
    return Post(sqlite_context, mail)


def test_an_address_gets_its_code_and_nothing_else(context: Context, mail: MailSink) -> None:
    post = Post(context, mail)
    name = post.add()
    assert [letter["To"] for letter in mail.taken] == ["ann@example.com"]
    assert post.send() == 0
    with pytest.raises(AddressNotConfirmed, match=r"ann@example\.com"):
        flow.send_test(post.context, name, post.account)
    assert len(mail.taken) == 1
    post.confirm(name, f" {code_in(mail)} ")
    post.confirm(name, "whatever")  # it is confirmed, so a second click is no error
    assert post.send() == 1  # what came before was not asked for
    assert len(mail.taken) == 2
    assert post.channel().confirmation is None


def test_the_link_confirms_too_and_stands_behind_the_hash(post: Post) -> None:
    name = post.add()
    text = text_of(post.mail.taken[-1])
    found = re.search(r"https://home\.example/settings/notifications#(\S+)\.(\S+)", text)
    assert found is not None and found[1] == name
    assert found[2] not in str(post.channel()) and code_in(post.mail) not in str(post.channel().confirmation)
    post.confirm(name, found[2])
    assert post.channel().address_state == "confirmed"


def test_a_code_may_be_wrong_five_times(post: Post) -> None:
    name = post.add()
    code = code_in(post.mail)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _ in range(TRIES):
        with pytest.raises(WrongAddressCode):
            post.confirm(name, wrong)
    with pytest.raises(AddressCodeOver):
        post.confirm(name, code)
    ask_again(post.context, post.account, name)
    if code_in(post.mail) != code:
        with pytest.raises(WrongAddressCode):
            post.confirm(name, code)
    post.confirm(name, code_in(post.mail))
    with pytest.raises(Conflict):
        ask_again(post.context, post.account, name)


def test_a_code_holds_for_half_an_hour(post: Post) -> None:
    name = post.add()
    post.now += HOLDS_MS - 1000
    with pytest.raises(AddressCodeOver):
        post.confirm(name, code_in(post.mail))
    post.now -= 1001
    post.confirm(name, code_in(post.mail))


def test_another_address_is_confirmed_again(post: Post) -> None:
    name = post.add()
    first = code_in(post.mail)
    post.confirm(name, first)
    flow.change(post.context, post.account, name, ChannelChange(settings=ANN))  # the same one
    assert (post.channel().address_state, len(post.mail.taken)) == ("confirmed", 1)
    flow.change(post.context, post.account, name, ChannelChange(settings={"to": "ben@example.com"}))
    assert post.channel().address_state == "unconfirmed"
    assert post.send() == 0
    assert post.mail.taken[-1]["To"] == "ben@example.com"
    post.mail.refusal = "550 no such person"
    with pytest.raises(NotSent):
        flow.change(post.context, post.account, name, ChannelChange(settings={"to": "nobody@example.com"}))
    assert post.channel().settings == {"to": "ben@example.com"}  # as it was
    post.mail.refusal = None
    post.confirm(name, code_in(post.mail))
    assert post.send() == 1


def test_an_address_of_before_goes_on_and_can_be_confirmed(post: Post) -> None:
    name = post.add()
    with post.context.database.write() as session:
        stored.set_channel(session, post.channel().id, {"address_state": "open", "confirmation": None})
    assert post.send() == 1
    ask_again(post.context, post.account, name)
    assert post.send() == 1  # also while the code is on its way
    post.confirm(name, _code(post.mail))
    assert post.channel().address_state == "confirmed"


def _code(mail: MailSink) -> str:
    letter = next(one for one in mail.taken[::-1] if one["Subject"] == "Confirm your address")
    found = re.search(r"\d{6}", text_of(letter))
    assert found is not None
    return found[0]


def test_nobody_confirms_another_s_channel(post: Post) -> None:
    name = post.add()
    ben = create_account(post.context, "ben", "correct horse battery", is_admin=True)
    with pytest.raises(NotFound):
        confirm(post.context, ben, name, code_in(post.mail))
    with pytest.raises(NotFound):
        ask_again(post.context, ben, name)


def test_without_a_mail_server_no_address_is_added(post: Post) -> None:
    set_mail_server(post.context, None)
    with pytest.raises(NoMailServer):
        post.add()
    with post.context.database.read() as reader:
        assert stored.channels_of(reader) == []
