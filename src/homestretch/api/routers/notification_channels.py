"""How an account has its notices sent: channels, quiet hours and digests; and the server's e-mail."""

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, Response

from homestretch.api.context import ByAnyone, ByCaller
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Problem
from homestretch.api.shapes.people import (
    AddressProof,
    ChannelChange,
    MailServerBody,
    MailTest,
    NewChannel,
    NoticeWishesChange,
)
from homestretch.flow.accounts.accounts import count_test
from homestretch.flow.notices import channels as flow
from homestretch.flow.notices import mail
from homestretch.flow.notices.addresses import ask_again, confirm
from homestretch.flow.notices.sending import zone_of
from homestretch.model.documents.notices import MailServerSettings, NoticeSettings
from homestretch.views.people import notices as views

router = APIRouter(prefix="/api", tags=["notifications"])
#: The right that each operation needs.
RIGHTS = {
    "get_notification_settings": "account: secure",
    "set_notification_wishes": "account: secure",
    "add_notification_channel": "account: secure",
    "change_notification_channel": "account: secure",
    "remove_notification_channel": "account: secure",
    "test_notification_channel": "account: secure",
    "send_address_code": "account: secure",
    "confirm_address": "account: secure",
    "stop_notification_channel": "server: reach",
    "get_mail_server": "server: manage",
    "set_mail_server": "server: manage",
    "remove_mail_server": "server: manage",
    "test_mail_server": "server: manage",
}


@router.get("/notifications/settings", response_model=NoticeSettings)
def get_notification_settings(asking: ByCaller) -> Response:
    """Return the kinds of notices, the ways to send them, and what the account chose."""
    return _settings(asking)


@router.patch("/notifications/settings", response_model=NoticeSettings, responses={400: {"model": Problem}})
def set_notification_wishes(body: NoticeWishesChange, asking: ByCaller) -> Response:
    """Set quiet hours, digests, and whether messages hold health values."""
    flow.set_wishes(asking.context, asking.caller.account_id, body.changed())
    return _settings(asking)


@router.post(
    "/notifications/channels",
    response_model=NoticeSettings,
    status_code=201,
    responses={400: {"model": Problem}, 403: {"model": Problem}, 404: {"model": Problem}, 409: {"model": Problem}},
)
def add_notification_channel(body: NewChannel, asking: ByCaller) -> Response:
    """Add a channel; what comes from now on is sent, by e-mail once the address is confirmed."""
    if "to" in body.settings:
        count_test(asking.context, asking.caller.account_id)
    flow.add(asking.context, asking.caller.account_id, body.way, body.settings, body.secret)
    return _settings(asking, 201)


@router.patch(
    "/notifications/channels/{channel}",
    response_model=NoticeSettings,
    responses={400: {"model": Problem}, 403: {"model": Problem}, 404: {"model": Problem}, 409: {"model": Problem}},
)
def change_notification_channel(channel: str, body: ChannelChange, asking: ByCaller) -> Response:
    """Change a channel, pause it or let it go on; with another address its secret has to be entered again."""
    if body.settings is not None and "to" in body.settings:
        count_test(asking.context, asking.caller.account_id)
    change = flow.ChannelChange(body.settings, body.secret, body.kinds, body.paused)
    flow.change(asking.context, asking.caller.account_id, channel, change)
    return _settings(asking)


@router.delete("/notifications/channels/{channel}", status_code=204, responses={404: {"model": Problem}})
def remove_notification_channel(channel: str, asking: ByCaller) -> Response:
    """Remove a channel."""
    flow.remove(asking.context, asking.caller.account_id, channel)
    return Response(status_code=204)


@router.post(
    "/notifications/channels/{channel}/test",
    response_model=NoticeSettings,
    responses={400: {"model": Problem}, 403: {"model": Problem}, 404: {"model": Problem}, 409: {"model": Problem}},
)
def test_notification_channel(channel: str, asking: ByCaller) -> Response:
    """Send a test; a channel that stopped goes on if it arrives."""
    count_test(asking.context, asking.caller.account_id)
    flow.send_test(asking.context, channel, asking.caller.account_id)
    return _settings(asking)


@router.post(
    "/notifications/channels/{channel}/code",
    response_model=NoticeSettings,
    responses={400: {"model": Problem}, 404: {"model": Problem}, 409: {"model": Problem}},
)
def send_address_code(channel: str, asking: ByCaller) -> Response:
    """Send a new code to the e-mail address of a channel; the one before holds no more."""
    count_test(asking.context, asking.caller.account_id)
    ask_again(asking.context, asking.caller.account_id, channel)
    return _settings(asking)


@router.post(
    "/notifications/channels/{channel}/confirm",
    response_model=NoticeSettings,
    responses={404: {"model": Problem}, 422: {"model": Problem}},
)
def confirm_address(channel: str, body: AddressProof, asking: ByCaller) -> Response:
    """Confirm the e-mail address of a channel by the code or the link that was sent there."""
    confirm(asking.context, asking.caller.account_id, channel, body.proof)
    return _settings(asking)


@router.post("/notifications/stop/{token}", response_class=PlainTextResponse, responses={404: {"model": Problem}})
def stop_notification_channel(token: str, app: ByAnyone) -> PlainTextResponse:
    """Pause the channel that sent an e-mail; no sign-in is needed."""
    flow.stop_by_token(app.context, token)
    return PlainTextResponse("No more notifications are sent here. Settings › Notifications lets them go on.")


@router.get("/mail", response_model=MailServerSettings)
def get_mail_server(asking: ByCaller) -> Response:
    """Return which server sends e-mail; its password is never shown."""
    return _mail(asking)


@router.put("/mail", response_model=MailServerSettings, responses={400: {"model": Problem}})
def set_mail_server(body: MailServerBody, asking: ByCaller) -> Response:
    """Set the server that sends e-mail; for another one its password has to be entered again."""
    mail.set_mail_server(asking.context, mail.NewMailServer(**body.model_dump()))
    return _mail(asking)


@router.delete("/mail", response_model=MailServerSettings)
def remove_mail_server(asking: ByCaller) -> Response:
    """Forget the server that sends e-mail, and its password."""
    mail.set_mail_server(asking.context, None)
    return _mail(asking)


@router.post(
    "/mail/test",
    status_code=204,
    responses={400: {"model": Problem}, 403: {"model": Problem}, 404: {"model": Problem}, 409: {"model": Problem}},
)
def test_mail_server(body: MailTest, asking: ByCaller) -> Response:
    """Send a test to an address."""
    mail.send_test(asking.context, body.to)
    return Response(status_code=204)


def _settings(asking: ByCaller, status: int = 200) -> Response:
    with asking.app.database.read() as reader:
        zone = zone_of(reader, asking.caller.account_id).key
        return answer(views.notice_settings(reader, asking.caller.account_id, zone), status)


def _mail(asking: ByCaller) -> Response:
    with asking.app.database.read() as reader:
        return answer(views.mail_server_settings(reader))
