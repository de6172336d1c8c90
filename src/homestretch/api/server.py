"""Puts the web door together: every router of this package, the edge, and the web app's files."""

import mimetypes
from html import escape
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from fastapi.telemetry import TelemetryConfig
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute

import homestretch
from homestretch import registry
from homestretch.api import problems
from homestretch.api.links import PRIVATE, read_link
from homestretch.api.middleware import LINKS, Edge
from homestretch.api.openapi import Api
from homestretch.api.rights import ROUTERS, check_rights
from homestretch.app import App
from homestretch.errors import HomestretchError
from homestretch.flow.accounts.shares import NoShare
from homestretch.views.sharing.links import card_of
from homestretch.views.sharing.sheet import SIZES

NO_TELEMETRY: TelemetryConfig = {
    "tracing": False, "metrics": False, "logs": False, "operation_spans": False, "auto_configure": False
}  # fmt: skip
#: How the build compresses files (web/vite.config.ts), the smallest first, and what it adds to their names.
COMPRESSED = (("br", ".br"), ("gzip", ".gz"))
STATIC = Path(homestretch.__file__).with_name("static")


def create_api(app: App) -> FastAPI:
    """Return the ASGI application."""
    api = Api(
        title="Homestretch",
        version=homestretch.__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        # Not by `include_router`: it makes every route once more, for each application, when it is first asked.
        routes=_operations(),
        telemetry=NO_TELEMETRY,
    )
    api.state.app = app
    problems.install(api)
    api.add_route("/share", _share, methods=["POST"], include_in_schema=False)
    api.add_route(LINKS + "{token}", _shared, methods=["GET", "HEAD"], include_in_schema=False)
    api.add_route("/{path:path}", _page, methods=["GET", "HEAD"], include_in_schema=False)
    api.add_middleware(GZipMiddleware, minimum_size=2048, compresslevel=1)
    api.add_middleware(Edge, app=app)
    return api


def _operations() -> list[BaseRoute]:
    """Return the routes of every router; in the description of the API each is called as its function is."""
    found: list[BaseRoute] = []
    for name in registry.leaf_names(ROUTERS):
        router = registry.load(ROUTERS, name).router
        if not isinstance(router, APIRouter):
            raise TypeError(f"{ROUTERS}.{name} has no router")
        check_rights(router.routes)
        for route in router.routes:
            if isinstance(route, APIRoute):
                route.operation_id = route.name
        found += router.routes
    return found


def _page(request: Any) -> Response:
    """Answer with a file of the web app, or with its page for every address that the app itself understands."""
    path = request.path_params["path"]
    if path.startswith("api/"):
        return problems.problem(404, "not-found", f"No page /{path} was found.")
    file = (STATIC / path).resolve()
    if path and file.is_file() and file.is_relative_to(STATIC.resolve()):
        lasting = "public, max-age=31536000, immutable" if path.startswith("assets/") else "no-cache"
        return _static(request, file, lasting)
    index = STATIC / "index.html"
    if not index.is_file():
        return PlainTextResponse("The web app is not built. Run make setup.", 503)
    return _static(request, index, "no-cache")


def _share(_request: Request) -> Response:
    """Answer a file that was shared with the app before its service worker was there to take it (web/public/sw.js)."""
    return RedirectResponse("/import?shared=0", 303)


def _shared(request: Request) -> Response:
    """Answer a link with the web app's page, and with what other programs show of it in its head."""
    index = STATIC / "index.html"
    if not index.is_file():
        return _page(request)
    page, status, app = index.read_text(encoding="utf-8"), 200, request.app.state.app
    try:
        token = request.path_params["token"]
        found = read_link(app, request, token, counts=False).shown
    except NoShare:
        status = 404
    except HomestretchError:
        pass  # the page itself asks for the password, or says why it has to wait
    else:
        card = card_of(found)
        tags = {"og:type": "website", "og:title": card.title, "og:description": card.text}
        if found["kind"] == "activity":  # others have no picture
            tags |= _picture_tags(app.settings.known_address or str(request.base_url).rstrip("/"), token, card.title)
        head = "".join(f'<meta property="{name}" content="{escape(text)}" />' for name, text in tags.items())
        head += '<meta name="twitter:card" content="summary_large_image" />' * ("og:image" in tags)
        page = page.replace("</head>", f'{head}<meta name="robots" content="noindex, nofollow" /></head>', 1)
    return HTMLResponse(page, status, PRIVATE)


def _picture_tags(address: str, token: str, title: str) -> dict[str, str]:
    width, height = SIZES["wide"]
    size = {"og:image:width": str(width), "og:image:height": str(height)}
    return {"og:image": f"{address}/api/shared/{token}/picture", **size, "og:image:alt": title}


def _static(request: Any, file: Path, lasting: str) -> Response:
    """Answer with a file, compressed as the build left it where the browser takes that."""
    headers = {"Cache-Control": lasting, "Vary": "Accept-Encoding"}
    kind = mimetypes.guess_type(file.name)[0]
    taken = {one.split(";")[0].strip() for one in request.headers.get("accept-encoding", "").split(",")}
    for encoding, ending in COMPRESSED:
        held = file.with_name(file.name + ending)
        if encoding in taken and held.is_file():
            return FileResponse(held, media_type=kind, headers={**headers, "Content-Encoding": encoding})
    return FileResponse(file, media_type=kind, headers=headers)
