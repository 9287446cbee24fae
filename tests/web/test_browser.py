"""The pages in a browser: every one can be clicked through, marks follow the pointer, nothing is complained about."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import threading
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn

from dragoman.web.app import build
from dragoman.web.serving import HOST, listening
from web.asking import article_page
from web.conftest import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
try:
    from playwright.async_api import async_playwright
except ImportError:
    async_playwright = None

# At a desk they may be skipped; .ci/run installs what they need, and there they must run.
SKIPPABLE = not os.environ.get("CI")
pytestmark = [
    pytest.mark.skipif(
        SKIPPABLE and CHROMIUM is None,
        reason="no chromium on the path: install it to test the pages in a browser",
    ),
    pytest.mark.skipif(
        SKIPPABLE and async_playwright is None, reason="no playwright: pip install playwright"
    ),
]
DESK, PHONE = {"width": 1200, "height": 900}, {"width": 390, "height": 800}


@pytest.fixture(scope="module")
def served(made, tmp_path_factory):
    path = tmp_path_factory.mktemp("browser") / "news.duckdb"
    shutil.copy(made, path)
    app = build(path)
    with contextlib.closing(app.state.site.database), contextlib.closing(listening(0)) as opened:
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, server_header=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [opened]}, daemon=True)
        thread.start()
        yield f"http://{HOST}:{opened.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


def browse(
    address: str,
    steps: Callable[[Any], Awaitable[None]],
    size: dict[str, int] = DESK,
    script: bool = True,
    **settings: Any,
) -> list[str]:
    """Take steps on a page, and return what the browser complained about and what it asked of other hosts."""
    complaints: list[str] = []

    async def run() -> None:
        async with async_playwright() as player:
            browser = await player.chromium.launch(executable_path=CHROMIUM)
            context = await browser.new_context(viewport=size, java_script_enabled=script, **settings)
            page = await context.new_page()
            page.set_default_timeout(15_000)
            page.on(
                "console",
                lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None,
            )
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("dialog", lambda dialog: complaints.append(f"dialog {dialog.message}"))
            page.on(
                "request",
                lambda asked: None if asked.url.startswith(address) else complaints.append(asked.url),
            )
            page.on(
                "response",
                lambda got: complaints.append(f"{got.status} {got.url}") if got.status >= 400 else None,
            )
            await page.goto(address)
            try:
                await steps(page)
            finally:
                await browser.close()

    asyncio.run(run())
    return complaints


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_is_reached_by_clicking_and_fits_the_screen(served, size):
    async def steps(page: Any) -> None:
        async def fits(name: str) -> None:
            assert await page.locator("h1").count() == 1
            width = await page.evaluate("document.documentElement.scrollWidth")
            assert width <= size["width"], (name, width)

        async def follow(link: Any) -> None:
            # A click returns once the next page has begun to arrive; what is measured must be all there.
            async with page.expect_navigation(wait_until="load"):
                await link.click()

        for name in ("Search", "Timeline", "Actors", "Map", "Dossiers", "Corrections", "Overview"):
            await follow(
                page.get_by_role("navigation", name="Pages").get_by_role("link", name=name, exact=True)
            )
            await fits(name)
        await follow(page.locator("table.heat td a").first)
        assert "/search?" in page.url
        await fits("search")
        await follow(page.locator("li.coding .act a[href^='/article']").first)
        assert "/article?" in page.url
        await fits("article")
        await follow(page.locator("#coding a[href^='/happening']").first)
        assert "/happening?" in page.url
        await fits("happening")
        await page.goto(served + "/dossiers")
        await follow(page.locator("tbody a").first)
        assert "/dossier?" in page.url
        await fits("dossier")
        await follow(page.locator("ol.days a").first)
        assert "as_of=" in page.url
        await fits("dossier as of a day")

    assert browse(served, steps, size) == []


def test_words_and_fields_show_each_other(served):
    async def steps(page: Any) -> None:
        await page.goto(served + article_page("call-a"))
        actor = page.locator("[data-list] [data-field=actors]")
        mark = page.locator("mark[data-fields~=actors]").first
        await actor.hover()
        assert "on" in (await mark.get_attribute("class")).split()
        await page.mouse.move(2, 2)
        assert "on" not in (await mark.get_attribute("class")).split()
        await mark.hover()
        assert "on" in (await actor.get_attribute("class")).split()
        await actor.focus()
        assert "on" in (await mark.get_attribute("class")).split()
        await actor.click()
        await page.mouse.move(2, 2)
        assert "on" in (await mark.get_attribute("class")).split()  # a click keeps it
        await page.keyboard.press("Escape")
        assert await page.locator("mark.on").count() == 0

    assert browse(served, steps) == []


def test_a_tap_shows_the_fields_of_words(served):
    async def steps(page: Any) -> None:
        await page.goto(served + article_page("call-a"))
        await page.locator("mark[data-fields~=recipients]").first.tap()
        assert await page.locator("[data-list] [data-field=recipients].on").count() == 1

    assert browse(served, steps, PHONE, has_touch=True) == []


def test_without_a_script_words_are_marked_and_forms_work(served):
    async def steps(page: Any) -> None:
        await page.goto(served + article_page("call-a"))
        await page.locator("[data-list] [data-field=actors] a").click()
        assert page.url.endswith("#words-actors")
        await page.goto(served + "/search")
        await page.fill("#f-actor", "KEN")
        await page.get_by_role("button", name="Show").click()
        await page.wait_for_url("**/search?**actor=KEN**")
        assert await page.locator("li.coding").count() > 0

    assert browse(served, steps, script=False) == []


def test_a_search_is_typed_suggested_and_sent_as_a_short_address(served):
    async def steps(page: Any) -> None:
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.className") == "skip"
        await page.goto(served + "/search")
        await page.keyboard.press("/")
        assert await page.evaluate("document.activeElement.id") == "f-text"
        await page.locator("#f-actor").press_sequentially("keny", delay=20)
        await page.locator("#actors option").first.wait_for(state="attached")
        await page.fill("#f-actor", "state:KEN")
        await page.locator("input[name=type][value=SANCTION]").check()
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/search?actor=state%3AKEN&type=SANCTION")
        assert await page.locator("li.coding").count() >= 3
        await page.locator(".tags a").first.click()
        await page.wait_for_url("**/search?type=SANCTION")

    assert browse(served, steps) == []


def test_a_correction_is_made_and_undone_by_hand(served):
    async def steps(page: Any) -> None:
        await page.goto(served + article_page("call-b"))
        await page.get_by_text("Correct a field, add a note").click()
        await page.select_option("#c-field", "status")
        assert await page.input_value("#c-value") == "occurred"
        await page.fill("#c-value", "planned")
        await page.fill("#c-author", "Ada")
        await page.get_by_role("button", name="Correct", exact=True).click()
        await page.wait_for_url("**said=edit**")
        assert "Edited" in await page.locator(".said").inner_text()
        assert await page.input_value("#c-author") == "Ada"  # remembered
        await page.get_by_role("button", name="Undo").click()
        await page.wait_for_url("**said=undo**")
        assert await page.get_by_role("button", name="Undo").count() == 0

    assert browse(served, steps) == []


def test_the_map_comes_closer_and_can_be_dragged(served):
    async def steps(page: Any) -> None:
        await page.goto(served + "/map")
        box = "document.querySelector('[data-map]').viewBox.baseVal"
        before = await page.evaluate(f"{box}.width")
        await page.get_by_role("button", name="Closer").click()
        assert await page.evaluate(f"{box}.width") < before
        left = await page.evaluate(f"{box}.x")
        area = await page.locator("[data-map]").bounding_box()
        await page.mouse.move(area["x"] + 300, area["y"] + 200)
        await page.mouse.down()
        await page.mouse.move(area["x"] + 200, area["y"] + 200, steps=4)
        await page.mouse.up()
        assert await page.evaluate(f"{box}.x") > left
        assert page.url.endswith("/map")

    assert browse(served, steps) == []


def test_hostile_text_does_nothing_in_a_browser(served):
    async def steps(page: Any) -> None:
        await page.goto(served + article_page(HOSTILE.id))
        assert "<script>alert(4)</script>" in await page.locator("[data-text]").inner_text()
        assert await page.locator("[data-text] script, [data-text] svg, img").count() == 0
        assert await page.evaluate("document.documentElement.scrollWidth") <= DESK["width"]
        for path in ("/", "/search?text=lying", "/timeline", "/actors", "/map"):
            await page.goto(served + path)

    assert browse(served, steps) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_read_in_light_and_dark(served, scheme):
    """The contrast of text against its background is at least 4.5 (WCAG AA)."""
    measure = """() => {
      const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
      const rgb = (colour) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data]; };
      const linear = (v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
      const light = ([r, g, b]) => [r, g, b].map((v) => linear(v / 255))
        .reduce((sum, v, at) => sum + v * [.2126, .7152, .0722][at], 0);
      const bad = [];
      for (const one of document.querySelectorAll("body *")) {
        const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        const apart = one.closest("svg, option, .none, [aria-hidden=true], .unseen, .skip");
        if (!own || !one.checkVisibility() || apart) continue;
        let at = one, back = [0, 0, 0, 0];
        while (at && back[3] < 255) {
          const next = rgb(getComputedStyle(at).backgroundColor);
          if (next[3] === 255) back = next;
          at = at.parentElement;
        }
        if (back[3] < 255) continue;
        const [a, b] = [light(rgb(getComputedStyle(one).color)), light(back)].sort((x, y) => y - x);
        const ratio = (a + .05) / (b + .05);
        const words = one.textContent.trim().slice(0, 30);
        if (ratio < 4.5) bad.push(`${one.tagName}.${one.className} ${words} ${ratio.toFixed(2)}`);
      }
      return bad;
    }"""

    async def steps(page: Any) -> None:
        for path in ("/", "/search", "/timeline", "/map", "/dossiers", article_page("call-a")):
            await page.goto(served + path)
            assert await page.evaluate(measure) == [], path

    assert browse(served, steps, color_scheme=scheme) == []
