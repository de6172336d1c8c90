"""The cookie of a session, and what is kept of who holds it."""

from fastapi import Request, Response

from homestretch.api.context import COOKIE, app_of, context_of
from homestretch.app import App
from homestretch.flow.accounts import sessions
from homestretch.settings import origin_of

#: The cookie of half a session, which only the routes of signing in are sent.
HALF_COOKIE = "homestretch_half"
HALF_PATH = "/api/session"


def secure(request: Request, app: App) -> bool:
    """Return whether browsers may send cookies over https only."""
    return request.url.scheme == "https" or (app.settings.public_url or "").startswith("https:")


def keep_token(request: Request, response: Response, token: str) -> None:
    """Have the browser keep a session's token."""
    lasts = sessions.COOKIE_MS // 1000
    is_secure = secure(request, app_of(request))
    response.set_cookie(COOKIE, token, max_age=lasts, httponly=True, samesite="lax", secure=is_secure, path="/")


def keep_half(request: Request, response: Response, half: str) -> None:
    """Have the browser keep the token of half a session, until it is a whole one or has ended."""
    lasts, is_secure = sessions.HALF_LASTS_MS // 1000, secure(request, app_of(request))
    response.set_cookie(
        HALF_COOKIE, half, max_age=lasts, httponly=True, samesite="strict", secure=is_secure, path=HALF_PATH
    )


def half_of(request: Request) -> str:
    """Return the token of half a session that a browser sends; empty for none."""
    return request.cookies.get(HALF_COOKIE, "")


def forget_half(request: Request, response: Response) -> None:
    """Have the browser forget half a session, where it has one."""
    if half_of(request):
        response.delete_cookie(HALF_COOKIE, path=HALF_PATH)


def end_former(request: Request) -> None:
    """End the session that this browser had before it signed in again."""
    if token := request.cookies.get(COOKIE):
        sessions.sign_out(context_of(request), token)


def origin_asked(request: Request) -> str:
    """Return the origin that a browser is at: our own where it says so, else the host that it asked, which may ask."""
    public = app_of(request).settings.public_url
    asked = f"{request.url.scheme}://{request.url.netloc}"
    # A proxy may ask by another name. What a browser says is believed only where it is what is set here.
    return asked if public is None or request.headers.get("origin") != origin_of(public) else public


def agent_of(request: Request) -> str:
    """Return what a browser calls itself."""
    return request.headers.get("user-agent", "")
