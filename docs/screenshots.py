"""Takes the pictures of the explorer in docs/screenshots/ anew, from a corpus.

    python docs/screenshots.py CORPUS [--out docs/screenshots] [--all]

Needs playwright and a chromium on the path. `--all` takes every page at the width of a desk and of a phone,
light and dark, for looking at; without it the six pictures of the documents are taken.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import uvicorn

from dragoman.web.app import build
from dragoman.web.serving import listening

if TYPE_CHECKING:
    from collections.abc import Iterator

DESK, PHONE = (1240, 900), (390, 844)
# What the documents show: name, width, scheme.
SHOWN = (
    ("overview", DESK, "light"),
    ("article", DESK, "light"),
    ("dossier", DESK, "light"),
    ("map", DESK, "dark"),
    ("actors", DESK, "light"),
    ("search", PHONE, "light"),
)
LARGEST = 250_000


@contextlib.contextmanager
def served(app: Any) -> Iterator[str]:
    """Serve the explorer in a thread, and give its address."""
    with contextlib.closing(listening(0)) as opened:
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [opened]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{opened.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


def pages(database: Any) -> dict[str, str]:
    """Return the address of a telling example of each page."""
    article = database.tuples(
        """SELECT article, event FROM events_now WHERE claim IS NOT NULL AND place IS NOT NULL
        ORDER BY len(words) DESC, article LIMIT 1"""
    ) or database.tuples("SELECT article, event FROM events_now ORDER BY ALL LIMIT 1")
    happening = database.tuples(
        "SELECT happening FROM happenings_now ORDER BY sources DESC, reports DESC, happening LIMIT 1"
    )
    dossier = database.tuples(
        "SELECT dossier FROM dossiers JOIN runs USING (run) WHERE latest ORDER BY articles DESC, dossier LIMIT 1"
    )
    found = {
        "overview": "/",
        "search": "/search?quad=3&quad=4",
        "article": "/article?" + urlencode({"id": article[0][0], "coding": article[0][1]}),
        "happening": "/happening?" + urlencode({"id": happening[0][0]}),
        "timeline": "/timeline",
        "actors": "/actors",
        "map": "/map",
        "dossiers": "/dossiers",
        "corrections": "/corrections",
    }
    if dossier:
        found["dossier"] = "/dossier?" + urlencode({"id": dossier[0][0]})
    return found


async def take(
    address: str, paths: dict[str, str], shots: list[tuple[str, tuple[int, int], str]], out: Path, whole: bool
) -> None:
    """Take pictures; with `whole` of whole pages, named by width and scheme."""
    from playwright.async_api import async_playwright

    async with async_playwright() as player:
        browser = await player.chromium.launch(executable_path=shutil.which("chromium"))
        for name, size, scheme in shots:
            if name not in paths:
                continue
            page = await browser.new_page(
                viewport={"width": size[0], "height": size[1]},
                color_scheme=scheme,  # type: ignore[arg-type]
            )
            await page.goto(address + paths[name])
            await page.evaluate("document.fonts.ready")
            width = "desk" if size == DESK else "phone"
            file = out / (f"{name}-{width}-{scheme}.png" if whole else f"{name}.png")
            await page.screenshot(path=file, full_page=whole)
            await page.close()
            if not whole and file.stat().st_size > LARGEST:
                raise SystemExit(f"{file} is larger than {LARGEST} bytes")
        await browser.close()


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "screenshots")
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    app = build(options.corpus)
    paths = pages(app.state.site.database)
    shots = (
        [(name, size, scheme) for name in paths for size in (DESK, PHONE) for scheme in ("light", "dark")]
        if options.all
        else list(SHOWN)
    )
    with served(app) as address:
        asyncio.run(take(address, paths, shots, options.out, options.all))


if __name__ == "__main__":
    main()
