"""Links by which athletes share what they choose: their own, and what whoever has one is shown without a sign-in."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from homestretch.api.context import AthleteContext, AthleteRequest, ByAnyone
from homestretch.api.json_response import answer, as_file
from homestretch.api.links import PRIVATE, read_link
from homestretch.api.shapes.activities import FilePassword, NewShare, ShareChange, ShareDefaults, SharePassword
from homestretch.api.shapes.base import BINARY, Problem
from homestretch.errors import NotFound
from homestretch.flow.accounts import shares as flow
from homestretch.model.documents.people import Units
from homestretch.model.documents.sharing import Share, Shared, Shares
from homestretch.model.sharing import Aspect, Subject, SubjectKind
from homestretch.store.database import Reader
from homestretch.views.people.people import account
from homestretch.views.sharing.links import PathOf, share_list, share_shown
from homestretch.views.sharing.picture import picture
from homestretch.views.sharing.route import route_gpx
from homestretch.views.sharing.shared import shared_activity
from homestretch.views.sharing.sheet import Shape, sheet_of
from homestretch.views.sharing.subjects import shareable_subject, shown

PNG, GPX = "image/png", "application/gpx+xml"
A_PICTURE = {"content": {PNG: {"schema": BINARY}}}
type Hide = Annotated[list[Aspect] | None, Query(max_length=20)]
#: An id of an activity or a planned route, or the days of a range.
type SubjectId = Annotated[str, Path(max_length=40, description="An id, or days such as 2026-05-01..2026-05-31.")]
router = APIRouter(prefix="/api", tags=["sharing"], responses={404: {"model": Problem}})
#: The right that each operation needs.
RIGHTS = {
    "list_shares": "shares: edit",
    "set_share_defaults": "shares: edit",
    "list_subject_shares": "shares: edit",
    "preview_share": "shares: edit",
    "get_share_picture": "shares: edit",
    "make_share": "shares: edit",
    "change_share": "shares: edit",
    "revoke_share": "shares: edit",
    "restore_share": "shares: edit",
    "get_shared": "server: reach",
    "open_shared": "server: reach",
    "get_shared_route_file": "server: reach",
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


@router.get("/sharing/{what}/{subject}/shares", response_model=Shares)
def list_subject_shares(what: SubjectKind, subject: SubjectId, asking: AthleteContext) -> Response:
    """Return the links to a subject, the newest first, and what new ones hide."""
    return answer(_list(asking, Subject(what, subject)))


@router.get("/sharing/{what}/{subject}/preview", response_model=Shared, responses={409: {"model": Problem}})
def preview_share(what: SubjectKind, subject: SubjectId, asking: AthleteContext, hide: Hide = None) -> Response:
    """Return what a link to a subject would show that hides these aspects."""
    with asking.app.database.read() as reader:
        return answer(shown(reader, asking.of.athlete_id, Subject(what, subject), hide or []))


@router.get(
    "/activities/{activity}/shared/picture",
    response_class=Response,
    responses={200: A_PICTURE, 409: {"model": Problem}},
)
def get_share_picture(
    activity: str,
    asking: AthleteContext,
    hide: Hide = None,
    shape: Shape = "wide",
) -> Response:
    """Return a picture (PNG) of an activity without these aspects: as wide as links are shown, a post or a story."""
    with asking.app.database.read() as reader:
        found = shared_activity(reader, asking.of.athlete_id, activity, hide or [])
        sheet = sheet_of(found, _units(reader, asking.of.account_id))
    return Response(picture(sheet, shape), headers={"Cache-Control": "no-store"}, media_type=PNG)


@router.post(
    "/sharing/{what}/{subject}/shares", response_model=Share, status_code=201, responses={409: {"model": Problem}}
)
def make_share(what: SubjectKind, subject: SubjectId, body: NewShare, asking: AthleteContext) -> Response:
    """Make a link to an activity, a planned route, or the activities of a range of days."""
    with asking.app.database.read() as reader:
        found = shareable_subject(reader, asking.of.athlete_id, Subject(what, subject))
    made = flow.make(asking.context, asking.of, found, body.hidden, days=body.days, password=body.password)
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


@router.get("/shared/{token}", response_model=Shared, responses={403: {"model": Problem}})
def get_shared(token: str, request: Request, app: ByAnyone) -> Response:
    """Return what a link shows; no sign-in is needed. One that has ended, or never was, is not found."""
    return answer(read_link(app, request, token).shown, headers=PRIVATE)


@router.get("/shared/{token}/picture", response_class=Response, responses={200: A_PICTURE, 403: {"model": Problem}})
def get_shared_picture(token: str, request: Request, app: ByAnyone, shape: Shape = "wide") -> Response:
    """Return the picture (PNG) of the activity that a link without a password shows, in the units of its maker."""
    opened = read_link(app, request, token, counts=False)
    if opened.shown["kind"] != "activity":
        raise flow.NoShare
    with app.database.read() as reader:
        sheet = sheet_of(opened.shown, _units(reader, opened.account_id))
    return Response(picture(sheet, shape), headers=PRIVATE, media_type=PNG)


@router.post("/shared/{token}", response_model=Shared, responses={403: {"model": Problem}})
def open_shared(token: str, body: SharePassword, request: Request, app: ByAnyone) -> Response:
    """Return what a link with a password shows; wrong ones have to wait."""
    return answer(read_link(app, request, token, body.password).shown, headers=PRIVATE)


@router.post(
    "/shared/{token}/route.gpx",
    response_class=Response,
    responses={200: {"content": {GPX: {"schema": BINARY}}}, 403: {"model": Problem}},
)
def get_shared_route_file(token: str, body: FilePassword, request: Request, app: ByAnyone) -> Response:
    """Return the planned route that a link shows as GPX, where it shows its map."""
    opened = read_link(app, request, token, body.password, counts=False)
    with app.database.read() as reader:
        try:
            data = route_gpx(reader, opened.athlete_id, opened.subject.id, opened.hidden)
        except NotFound as gone:
            raise flow.NoShare from gone
    return Response(data, headers={**PRIVATE, **as_file("route.gpx")}, media_type=GPX)


def _units(reader: Reader, account_id: int | None) -> Units:
    chosen = None if account_id is None else account(reader, account_id)["preferences"].get("units")
    return "imperial" if chosen == "imperial" else "metric"


def _list(asking: AthleteRequest, subject: Subject | None = None) -> Shares:
    with asking.app.database.read() as reader:
        return share_list(reader, asking.of, asking.app.settings, _path_of(asking), subject)


def _one(asking: AthleteRequest, share: str) -> Share:
    with asking.app.database.read() as reader:
        return share_shown(reader, asking.of, asking.app.settings, _path_of(asking), share)


def _path_of(asking: AthleteRequest) -> PathOf:
    return lambda share: flow.path_of(asking.context, share)
