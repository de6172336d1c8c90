"""Backups that make themselves, for administrators; no backup is handed out: it has the data of every athlete."""

from fastapi import APIRouter
from fastapi.responses import Response

from homestretch.api.context import ByCaller, RequestContext
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Problem
from homestretch.api.shapes.people import BackupPlanChange
from homestretch.flow.accounts.sessions import must_be_confirmed
from homestretch.flow.backups import encrypting
from homestretch.flow.backups.drill import ask_drill
from homestretch.flow.backups.folder import set_plan
from homestretch.flow.backups.make import ask
from homestretch.flow.backups.outlook import outlook
from homestretch.model.documents.backups import BackupKey, Backups
from homestretch.views.system import backups as views

router = APIRouter(prefix="/api/backups", tags=["backups"])
#: The right that each operation needs.
RIGHTS = {
    "get_backups": "server: manage",
    "set_backup_plan": "server: manage",
    "back_up_now": "server: manage",
    "test_restoring": "server: manage",
    "encrypt_backups": "server: manage",
    "stop_encrypting_backups": "server: manage",
}


@router.get("", response_model=Backups)
def get_backups(asking: ByCaller) -> Response:
    """Return how backups are doing, and when the next ones are due."""
    return _shown(asking)


@router.put("/plan", response_model=Backups, responses={409: {"model": Problem}, 422: {"model": Problem}})
def set_backup_plan(body: BackupPlanChange, asking: ByCaller) -> Response:
    """Set when backups are made, where they go, and how many of which age are kept."""
    set_plan(asking.context, body.plan(), again=body.again)
    asking.app.wake()
    return _shown(asking)


@router.post("", response_model=Backups, status_code=202, responses={409: {"model": Problem}, 422: {"model": Problem}})
def back_up_now(asking: ByCaller) -> Response:
    """Have a backup made now."""
    ask(asking.context, "backup")
    asking.app.wake()
    return _shown(asking, 202)


@router.post("/drill", response_model=Backups, status_code=202, responses={409: {"model": Problem}})
def test_restoring(asking: ByCaller) -> Response:
    """Have the newest backup restored beside the store now, to see whether that works."""
    ask_drill(asking.context)
    asking.app.wake()
    return _shown(asking, 202)


@router.post("/key", response_model=BackupKey, status_code=201, responses={409: {"model": Problem}})
def encrypt_backups(asking: ByCaller) -> Response:
    """Encrypt backups with a new key from now on, and return the key, this once."""
    must_be_confirmed(asking.context, asking.caller)
    key: BackupKey = {"key": encrypting.encrypt_backups(asking.context)}
    return answer(key, 201)


@router.delete("/key", response_model=Backups, responses={409: {"model": Problem}})
def stop_encrypting_backups(asking: ByCaller) -> Response:
    """Encrypt no more backups; those that there are stay as they are, and their keys stay too."""
    must_be_confirmed(asking.context, asking.caller)
    encrypting.stop_encrypting_backups(asking.context)
    return _shown(asking)


def _shown(asking: RequestContext, status: int = 200) -> Response:
    coming = outlook(asking.context)
    with asking.app.database.read() as reader:
        return answer(views.backups(reader, asking.app.settings, *coming), status)
