"""The application: which path leads to which page, and how errors are shown."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from dragoman.errors import DragomanError
from dragoman.events.codebook import load_codebook
from dragoman.web import choices, correcting, rendering, security
from dragoman.web.database import SECONDS, Database
from dragoman.web.errors import NotFoundError, RequestError
from dragoman.web.ontology import Ontology
from dragoman.web.pages import (
    actors,
    article,
    corrections,
    dossier,
    dossiers,
    export,
    happening,
    map,
    overview,
    search,
    suggest,
    timeline,
)
from dragoman.web.site import Frame, Site, navigation

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

# Each page: its path, its template, and the module whose `build` makes the template's context.
PAGES = (
    ("/", "overview.html", overview),
    ("/search", "search.html", search),
    ("/article", "article.html", article),
    ("/happening", "happening.html", happening),
    ("/timeline", "timeline.html", timeline),
    ("/actors", "actors.html", actors),
    ("/map", "map.html", map),
    ("/dossiers", "dossiers.html", dossiers),
    ("/dossier", "dossier.html", dossier),
    ("/corrections", "corrections.html", corrections),
)


class _Titled(Protocol):
    @property
    def title(self) -> str: ...


def build(path: Path, codebook: Path | None = None, seconds: float = SECONDS) -> security.Guard:
    """Make the application over a corpus.

    Args:
        path: the corpus.
        codebook: folder of the codebook with which it was coded; None: the one that ships.
        seconds: how long one query may take.

    Raises:
        CorpusError: when the corpus cannot be opened.
        CodebookError: when the codebook is faulty.
    """
    ontology = Ontology(load_codebook(codebook))
    site = Site(Database(path, seconds), ontology, rendering.environment(ontology), security.new_token())
    static = Path(str(resources.files("dragoman.web"))) / "static"
    app = Starlette(
        routes=[
            *(Route(where, _page(site, template, module.build)) for where, template, module in PAGES),
            Route("/export", _answer(site, export.build)),
            Route("/suggest", _answer(site, suggest.build)),
            Route("/corrections", _change(site), methods=["POST"]),
            Mount("/static", StaticFiles(directory=static)),
        ],
        exception_handlers={
            DragomanError: _trouble(site),
            HTTPException: _trouble(site),
            Exception: _trouble(site),
        },
    )
    # Around everything, so that the page of a fault carries the safety headers too.
    return security.Guard(app, site)


def render(site: Site, request: Request, template: str, context: _Titled, code: int = 200) -> HTMLResponse:
    """Return a page: the context of its template inside the frame."""
    filters = choices.read_filters(site, request.query_params).filters
    rest = [part for part in request.url.query.split("&") if part and not part.startswith("said=")]
    query = f"?{'&'.join(rest)}" if rest else ""
    frame = Frame(
        title=context.title,
        corpus=site.database.path.name,
        navigation=navigation(request.url.path, filters),
        quads=tuple(quad for quad in site.ontology.quads if quad.number),
        token=site.token,
        address=request.url.path + query,
        said=correcting.SAID.get(request.query_params.get("said", ""), ""),
    )
    return HTMLResponse(site.templates.get_template(template).render(page=context, frame=frame), code)


def _page(site: Site, template: str, built: Callable[[Site, Request], Any]) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        return render(site, request, template, built(site, request))

    return endpoint


def _answer(site: Site, built: Callable[[Site, Request], Response]) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        return built(site, request)

    return endpoint


def _change(site: Site) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        fields = await security.read_form(request, site.token)
        where = await run_in_threadpool(corrections.change, site, fields)
        return RedirectResponse(where, 303)

    return endpoint


class Trouble(msgspec.Struct, frozen=True):
    """What went wrong, as error.html shows it."""

    title: str
    message: str
    advice: str


_TITLES = {
    400: "This can't be answered",
    403: "Not taken",
    404: "Not found",
    405: "Not possible",
    503: "Too slow",
}


def _trouble(site: Site) -> Callable[[Request, Exception], Response]:
    def handler(request: Request, error: Exception) -> Response:
        code, message, advice = 500, "a fault in dragoman itself", "the terminal says more"
        if isinstance(error, DragomanError):
            code = error.code if isinstance(error, RequestError) else 500
            message, advice = error.message, error.advice or ""
        elif isinstance(error, HTTPException):
            code, message, advice = error.status_code, error.detail, ""
            if code == NotFoundError.code:
                message, advice = "there is no page at this address", "start from the overview"
        title = _TITLES.get(code, "Something went wrong")
        return render(site, request, "error.html", Trouble(title, message, advice), code)

    return handler
