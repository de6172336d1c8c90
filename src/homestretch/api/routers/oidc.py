"""OpenID Connect: providers, the way to them and back, and what they say of who signed out."""

import logging
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from homestretch.api.context import ByAnyone, ByCaller, address_of, caller_of
from homestretch.api.session_cookie import agent_of, end_former, keep_token, secure
from homestretch.api.shapes.base import Problem
from homestretch.api.shapes.people import BeginOidc, NewOidcProvider, OidcAddress, OidcProviderChange
from homestretch.errors import BadRequest, HomestretchError
from homestretch.flow.accounts import oidc as flow
from homestretch.flow.accounts import providers, sessions
from homestretch.flow.accounts.accounts import Caller
from homestretch.model.documents.sign_in import OidcCheck, OidcProviders, ProviderValues, SignInAddress
from homestretch.views.people import sign_in as views

log = logging.getLogger("homestretch.sign_in")
#: No logout token is longer, in bytes; anybody may send one.
LARGEST = 64 << 10

router = APIRouter(tags=["sign-in"])
#: The right that each operation needs.
RIGHTS = {
    "begin_oidc": "server: reach",
    "finish_oidc": "server: reach",
    "end_oidc_sessions": "server: reach",
    "list_oidc_providers": "server: manage",
    "add_oidc_provider": "server: manage",
    "change_oidc_provider": "server: manage",
    "remove_oidc_provider": "server: manage",
    "check_oidc_provider": "server: manage",
}


async def _body(request: Request) -> bytes:
    """Return a message, which is small; anything else is not read to its end."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise BadRequest(reason="The message is too long.")
    return body


@router.post("/api/session/oidc/{provider}", responses={404: {"model": Problem}})
def begin_oidc(
    provider: str,
    body: BeginOidc,
    request: Request,
    response: Response,
    app: ByAnyone,
    caller: Annotated[Caller | None, Depends(caller_of)],
) -> SignInAddress:
    """Return where the browser goes to sign in at a provider."""
    begun = flow.begin(app.context, provider, body.purpose, body.back, caller)
    under_way = [name for name in request.cookies if name.startswith(flow.COOKIE)]
    if len(under_way) >= flow.MOST_AT_ONCE:
        for name in under_way:
            response.delete_cookie(name, path=flow.COOKIE_PATH)
    # Lax: the way back begins at the provider's own page, where a strict cookie is not sent.
    response.set_cookie(
        begun.cookie,
        begun.sealed,
        max_age=flow.LASTS_MS // 1000,
        httponly=True,
        samesite="lax",
        secure=secure(request, app),
        path=flow.COOKIE_PATH,
    )
    return {"url": begun.url}


@router.get("/api/session/oidc/{provider}/callback", response_class=RedirectResponse, status_code=303)
def finish_oidc(
    provider: str, request: Request, app: ByAnyone, caller: Annotated[Caller | None, Depends(caller_of)]
) -> RedirectResponse:
    """Sign in whoever comes back from a provider, and go on to the page they came from.

    What went wrong is a word in that page's address, `sign_in`; the log has more.
    """
    came = flow.Came(request.cookies, request.query_params, agent_of(request), address_of(request), caller)
    back, token = flow.way_back(app.context, came), None
    try:
        finished = flow.finish(app.context, provider, came)
        back, token = finished.back, finished.token
    except HomestretchError as error:
        log.warning("sign-in failed", extra={"provider": provider[:40], "code": error.code, "reason": str(error)})
        back = f"{back.partition('#')[0]}{'&' if '?' in back else '?'}sign_in={error.code}"
    response = RedirectResponse(back, 303)
    response.headers["Cache-Control"] = "no-store"
    response.delete_cookie(f"{flow.COOKIE}{request.query_params.get('state', '')[:8]}", path=flow.COOKIE_PATH)
    if token is not None:
        end_former(request)
        keep_token(request, response, token)
    return response


@router.post("/api/session/oidc/{provider}/backchannel", response_class=Response, responses={404: {"model": Problem}})
def end_oidc_sessions(provider: str, body: Annotated[bytes, Depends(_body)], app: ByAnyone) -> Response:
    """Take a provider's word that somebody signed out there: their sessions here end too."""
    token = parse_qs(body.decode("ascii", "replace")).get("logout_token", [""])[0]
    ended = flow.end_by_provider(app.context, provider, token)
    log.info("signed out at the provider", extra={"provider": provider, "sessions": ended})
    return Response()


@router.get("/api/oidc-providers")
def list_oidc_providers(asking: ByCaller) -> OidcProviders:
    """Return the providers that people may sign in with."""
    with asking.app.database.read() as reader:
        return views.list_providers(reader, asking.app.settings)


@router.post("/api/oidc-providers", status_code=201)
def add_oidc_provider(body: NewOidcProvider, asking: ByCaller) -> OidcProviders:
    """Set up a provider."""
    return _set(body.key, body, asking, new=True)


@router.put("/api/oidc-providers/{provider}", responses={404: {"model": Problem}})
def change_oidc_provider(provider: str, body: OidcProviderChange, asking: ByCaller) -> OidcProviders:
    """Change a provider."""
    return _set(provider, body, asking, new=False)


@router.delete("/api/oidc-providers/{provider}", status_code=204, responses={404: {"model": Problem}})
def remove_oidc_provider(provider: str, asking: ByCaller) -> None:
    """Remove a provider; whose accounts are whose is kept, for when it is set up again."""
    sessions.must_be_confirmed(asking.context, asking.caller)
    providers.remove_provider(asking.context, provider)


@router.post("/api/oidc-providers/check")
def check_oidc_provider(body: OidcAddress, asking: ByCaller) -> OidcCheck:
    """Ask a provider what it is: its issuer, as it says, and what it lacks."""
    return providers.check_provider(body.issuer)


def _set(key: str, body: OidcProviderChange, asking: ByCaller, *, new: bool) -> OidcProviders:
    sessions.must_be_confirmed(asking.context, asking.caller)
    values: ProviderValues = {
        "name": body.name.strip(),
        "issuer": body.issuer.strip(),
        "client_id": body.client_id.strip(),
        "scopes": body.scopes.strip(),
        "groups_claim": body.groups_claim.strip() or "groups",
        "allowed_groups": body.allowed_groups,
        "allowed_domains": [domain.strip().lower().removeprefix("@") for domain in body.allowed_domains],
        "admin_groups": body.admin_groups,
        "policy": body.policy,
        "invited": [address.strip().lower() for address in body.invited],
        "end_session": body.end_session,
    }
    providers.set_provider(asking.context, key, values, body.client_secret, new=new)
    with asking.app.database.read() as reader:
        return views.list_providers(reader, asking.app.settings)
