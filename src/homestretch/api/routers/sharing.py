"""Links by which activities are shared: an athlete's own, and what whoever has one is shown without a sign-in."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from homestretch.api.context import AthleteContext, AthleteRequest, ByAnyone
from homestretch.api.json_response import answer
from homestretch.api.links import PRIVATE, read_link
from homestretch.api.shapes.activities import NewShare, ShareChange, ShareDefaults, SharePassword
from homestretch.api.shapes.base import BINARY, Problem
from homestretch.flow.accounts import shares as flow
from homestretch.model.documents.people import Units
from homestretch.model.documents.sharing import Share, SharedActivity, Shares
from homestretch.model.sharing import Aspect
from homestretch.store.database import Reader
from homestretch.views.people.people import account
from homestretch.views.sharing.links import PathOf, share_list, share_shown
from homestretch.views.sharing.picture import picture
from homestretch.views.sharing.shared import shareable, shared_activity
from homestretch.views.sharing.sheet import Shape, sheet_of

PNG = "image/png"
A_PICTURE = {"content": {PNG: {"schema": BINARY}}}
router = APIRouter(prefix="/api", tags=["sharing"], responses={404: {"model": Problem}})
#: The right that each operation needs.
RIGHTS = {
    "list_shares": "shares: edit",
    "set_share_defaults": "shares: edit",
    "list_activity_shares": "shares: edit",
    "preview_share": "shares: edit",
    "get_share_picture": "shares: edit",
    "share_activity": "shares: edit",
    "change_share": "shares: edit",
    "revoke_share": "shares: edit",
    "restore_share": "shares: edit",
    "get_shared": "server: reach",
    "open_shared": "server: reach",
    "get_shared_picture": "server: reach",
}


@router.get("/shares", response_model=Shares)
def list_shares(asking: AthleteContext) -> Response:
    """Return every link of the athlete, the newest first, and what new ones hide."""
    return answer(_list(asking))


@router.put("/shares/defaults", response_model=Shares)
def set_share_defaults(body: ShareDefaults, asking: AthleteContext) -> Response:
    """Choose what new links hide; those that are there stay as they are."""
    flow.set_hidden_by_default(asking.context, asking.of, body.hidden)
    return answer(_list(asking))


@router.get("/activities/{activity}/shares", response_model=Shares)
def list_activity_shares(activity: str, asking: AthleteContext) -> Response:
    """Return the links to an activity, the newest first, and what new ones hide."""
    return answer(_list(asking, activity))


@router.get("/activities/{activity}/shared", response_model=SharedActivity, responses={409: {"model": Problem}})
def preview_share(
    activity: str, asking: AthleteContext, hide: Annotated[list[Aspect] | None, Query(max_length=20)] = None
) -> Response:
    """Return what a link to an activity would show that hides these aspects."""
    with asking.app.database.read() as reader:
        return answer(shared_activity(reader, asking.of.athlete_id, activity, hide or []))


@router.get(
    "/activities/{activity}/shared/picture",
    response_class=Response,
    responses={200: A_PICTURE, 409: {"model": Problem}},
)
def get_share_picture(
    activity: str,
    asking: AthleteContext,
    hide: Annotated[list[Aspect] | None, Query(max_length=20)] = None,
    shape: Shape = "wide",
) -> Response:
    """Return a picture (PNG) of an activity without these aspects: as wide as links are shown, a post or a story."""
    with asking.app.database.read() as reader:
        shown = shared_activity(reader, asking.of.athlete_id, activity, hide or [])
        sheet = sheet_of(shown, _units(reader, asking.of.account_id))
    return Response(picture(sheet, shape), headers={"Cache-Control": "no-store"}, media_type=PNG)


@router.post(
    "/activities/{activity}/shares", response_model=Share, status_code=201, responses={409: {"model": Problem}}
)
def share_activity(activity: str, body: NewShare, asking: AthleteContext) -> Response:
    """Make a link to an activity."""
    with asking.app.database.read() as reader:
        row = shareable(reader, asking.of.athlete_id, activity)
    made = flow.make(asking.context, asking.of, row.public_id, body.hidden, days=body.days, password=body.password)
    return answer(_one(asking, made), 201)


@router.patch("/shares/{share}", response_model=Share)
def change_share(share: str, body: ShareChange, asking: AthleteContext) -> Response:
    """Change what a link hides, for how many days from now it is open (null: with no end), or its password."""
    removed = {key for key in body.model_fields_set if getattr(body, key) is None}
    flow.change(
        asking.context,
        asking.of,
        share,
        hidden=body.hidden,
        days=body.days,
        endless="days" in removed,
        password=body.password,
        without_password="password" in removed,
    )
    return answer(_one(asking, share))


@router.delete("/shares/{share}", status_code=204)
def revoke_share(share: str, asking: AthleteContext) -> Response:
    """Take a link back: it leads nowhere from now on. It can be restored."""
    flow.revoke(asking.context, asking.of, share)
    return Response(status_code=204)


@router.post("/shares/{share}/restore", response_model=Share)
def restore_share(share: str, asking: AthleteContext) -> Response:
    """Let a link that was taken back lead there again."""
    flow.restore(asking.context, asking.of, share)
    return answer(_one(asking, share))


@router.get("/shared/{token}", response_model=SharedActivity, responses={403: {"model": Problem}})
def get_shared(token: str, request: Request, app: ByAnyone) -> Response:
    """Return what a link shows; no sign-in is needed. One that has ended, or never was, is not found."""
    return answer(read_link(app, request, token).shown, headers=PRIVATE)


@router.get("/shared/{token}/picture", response_class=Response, responses={200: A_PICTURE, 403: {"model": Problem}})
def get_shared_picture(token: str, request: Request, app: ByAnyone, shape: Shape = "wide") -> Response:
    """Return the picture (PNG) of what a link without a password shows, in the units of whoever made the link."""
    opened = read_link(app, request, token, counts=False)
    with app.database.read() as reader:
        sheet = sheet_of(opened.shown, _units(reader, opened.account_id))
    return Response(picture(sheet, shape), headers=PRIVATE, media_type=PNG)


@router.post("/shared/{token}", response_model=SharedActivity, responses={403: {"model": Problem}})
def open_shared(token: str, body: SharePassword, request: Request, app: ByAnyone) -> Response:
    """Return what a link with a password shows; wrong ones have to wait."""
    return answer(read_link(app, request, token, body.password).shown, headers=PRIVATE)


def _units(reader: Reader, account_id: int | None) -> Units:
    chosen = None if account_id is None else account(reader, account_id)["preferences"].get("units")
    return "imperial" if chosen == "imperial" else "metric"


def _list(asking: AthleteRequest, activity: str | None = None) -> Shares:
    with asking.app.database.read() as reader:
        return share_list(reader, asking.of, asking.app.settings, _path_of(asking), activity)


def _one(asking: AthleteRequest, share: str) -> Share:
    with asking.app.database.read() as reader:
        return share_shown(reader, asking.of, asking.app.settings, _path_of(asking), share)


def _path_of(asking: AthleteRequest) -> PathOf:
    return lambda share: flow.path_of(asking.context, share)
