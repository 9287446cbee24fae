"""What keeps other sites out: the explorer answers this machine's browser only, and says so in every header.

A page on the web can make a browser ask 127.0.0.1, and by a trick of DNS even under a name of its own. So the name that
was asked for must be a loopback name, a form must come from one of our own pages and carry the token that only they
know, and nothing of a page may run that does not come from our own files.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from starlette.datastructures import Headers, MutableHeaders, State
from starlette.responses import PlainTextResponse

from dragoman.web.errors import ForbiddenError, RequestError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from dragoman.web.site import Site

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
LARGEST_FORM = 200_000
TOKEN = "token"
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    # A page that sent no referrer would send no origin with a form either, which we ask for.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def new_token() -> str:
    """Return a token that no other site can guess; one for each run of the explorer."""
    return secrets.token_urlsafe(24)


def is_loopback(host: str) -> bool:
    """Say whether a Host header names this machine: a loopback name, with or without a port."""
    try:
        parts = urlsplit(f"//{host}")
        known = parts.hostname in LOOPBACK and parts.username is None
        return known and not parts.path and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def from_own_page(headers: Headers) -> bool:
    """Say whether a form was sent by a page of the explorer, as far as the browser says where it comes from."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin is None:
        return True  # not sent by a browser: the token decides
    return origin == f"http://{headers.get('host', '')}"


class Guard:
    """Refuses foreign hosts, methods and forms, and puts the safety headers on every response.

    Attributes:
        app: the application behind it.
        state: holds `site`, what the application's pages share.
    """

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app = app
        self.state = State({"site": site})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        headers = Headers(scope=scope)
        refused = None
        if not is_loopback(headers.get("host", "")):
            refused = PlainTextResponse("Only 127.0.0.1 and localhost are served here.\n", 421)
        elif scope["method"] not in ("GET", "HEAD", "POST"):
            refused = PlainTextResponse("Only GET, HEAD and POST are known here.\n", 405)
        elif scope["method"] == "POST" and not from_own_page(headers):
            refused = PlainTextResponse("Forms are taken from pages of the explorer only.\n", 403)
        await (refused or self.app)(scope, receive, guarded)


async def read_form(request: Request, token: str) -> dict[str, str]:
    """Return the fields of a form; what is ticked several times under one name is joined by blanks.

    Raises:
        ForbiddenError: when the form does not carry the token.
        RequestError: when it is too large or no form.
    """
    if request.headers.get("content-type", "").partition(";")[0] != "application/x-www-form-urlencoded":
        raise RequestError("this is no form", advice="send it as application/x-www-form-urlencoded")
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_FORM:
            raise RequestError("the form is too large", advice=f"send at most {LARGEST_FORM} bytes")
    try:
        fields: dict[str, str] = {}
        for name, value in parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True):
            fields[name] = f"{fields[name]} {value}" if name in fields else value
    except (ValueError, UnicodeDecodeError) as error:
        raise RequestError("the form can't be read", advice="send it from its page") from error
    if not secrets.compare_digest(fields.pop(TOKEN, "").encode(), token.encode()):
        raise ForbiddenError(
            "the form comes from another run of the explorer",
            advice="load its page again, then send it once more",
        )
    return fields
