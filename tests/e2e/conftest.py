"""Browser tests: one portal and one Chromium for each test worker, a fresh reader for each test."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.running_portal import RunningPortal, running_portal

CHROMIUM = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
# What passes is not described, which takes as long again. Styles are not fetched anew: that is for rules that are not
# run, and the content policy would complain of it.
SCAN = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,
}
CSRF_TOKEN = re.compile(r'(?<=value=")[A-Za-z0-9]{64}(?=")|(?<="X-CSRFToken": ")[A-Za-z0-9]{64}')
DESK = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser tests first, because they take longest; skip them where there is no Chromium."""
    items.sort(key=lambda item: "e2e" not in item.path.parts)
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            if not shutil.which(CHROMIUM):
                item.add_marker(
                    pytest.mark.skip(reason=f"{CHROMIUM} is not installed (apt-get install chromium)")
                )


@pytest.fixture(scope="package")
def portal(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[RunningPortal]:
    """A whole portal of this test worker's own, with starter content and sample accounts."""
    place = int(worker_id.removeprefix("gw")) if worker_id.startswith("gw") else 0
    with running_portal(tmp_path_factory.mktemp("portal"), place) as running:
        yield running


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, gone when the browser tests are: its event loop would keep Django from the database."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


class Reader:
    """Somebody who uses the portal in a browser, and notices what a person would not."""

    def __init__(self, page: Page, portal: RunningPortal) -> None:
        self.page = page
        self.portal = portal
        self.faults: list[str] = []
        page.on("console", self._note_console)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("request", self._note_request)

    def open(self, path: str) -> None:
        """Open a page and look at it closely."""
        response = self.page.goto(self.portal.url + path)
        assert response is not None
        assert response.status == 200, f"{path}: {response.status}"
        self.look()

    def look(self) -> None:
        """Scan the page for barriers and for anything that sticks out sideways."""
        self.page.wait_for_load_state("load")
        if self._is_new():
            result = Axe().run(self.page, options=SCAN)
            assert result.violations_count == 0, f"{self.page.url}\n{result.generate_report()}"
        overflow = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, (
            f"{self.page.url} scrolls sideways by {overflow} px at {self.page.viewport_size}"
        )

    def look_everywhere(self, *, also_in_the_dark: bool = False) -> None:
        """Look at the page on a phone and on a desk, for a journey that is walked at one width only."""
        mine = self.page.viewport_size
        for size in (PHONE, DESK):
            self.page.set_viewport_size(size)
            self.look()
        if also_in_the_dark:
            self.page.emulate_media(color_scheme="dark")
            self.look()
            self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(mine)

    def visit(self, path: str, *, also_in_the_dark: bool = False) -> None:
        """Open a page and look at it on a phone and on a desk."""
        response = self.page.goto(self.portal.url + path)
        assert response is not None
        assert response.status == 200, f"{path}: {response.status}"
        self.look_everywhere(also_in_the_dark=also_in_the_dark)

    def text(self) -> str:
        """Return what the page says."""
        return self.page.locator("main").inner_text()

    def status_of(self, path: str) -> int:
        """Return what the portal answers her with, without opening the page."""
        return self.page.request.get(self.portal.url + path, max_redirects=0).status

    def press(self, button: str) -> None:
        """Press the first button of this name, and wait for the page that it leads to."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=re.compile(button)).first.click()

    def follow(self, link: str) -> None:
        """Follow the first link of this name to another page."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("link", name=re.compile(link)).first.click()

    def unfold(self) -> None:
        """Open whatever is folded away, as somebody does who reads all of a long form."""
        self.page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")

    def expect_refusals(self, *codes: int) -> None:
        """Take it that pages were refused on purpose: the browser reports each in its console."""
        self.faults = [fault for fault in self.faults if not any(str(code) in fault for code in codes)]

    def _is_new(self) -> bool:
        """Say whether nobody scanned this very page yet, at this width and in these colours; now somebody does."""
        is_dark = self.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        content = CSRF_TOKEN.sub("", self.page.content())
        seen = hash((content, is_dark, str(self.page.viewport_size)))
        is_new = seen not in self.portal.scanned
        self.portal.scanned.add(seen)
        return is_new

    def sign_in(self, who: str) -> None:
        """Sign in as a sample account, by the name before the @; the form once, its session from then on."""
        if who in self.portal.sessions:
            self.page.context.add_cookies(self.portal.sessions[who])
            return
        email, password = self.portal.accounts[who]
        self.open("/cuenta/login/")
        self.page.fill("input[name=login]", email)
        self.page.fill("input[name=password]", password)
        self.page.locator("form:has(input[name=password]) [type=submit]").first.click()
        self.page.wait_for_url(lambda url: "login" not in url)
        self.look()
        self.portal.sessions[who] = self.page.context.cookies()

    def _note_console(self, message) -> None:
        # A newer choice takes the place of a request under way; one that failed is told as something else besides.
        is_replaced = message.text.startswith(("htmx:sendAbort", "htmx:afterRequest"))
        if message.type in ("error", "warning") and not is_replaced:
            self.faults.append(f"console {message.type}: {message.text}")

    def _note_request(self, request) -> None:
        if urlsplit(request.url).netloc not in ("", urlsplit(self.portal.url).netloc):
            self.faults.append(f"request to another host: {request.url}")


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def reader(request: pytest.FixtureRequest, browser: Browser, portal: RunningPortal) -> Iterator[Reader]:
    """A reader on a phone and on a desk; nothing may complain in the console or ask another host."""
    context = browser.new_context(viewport=request.param, locale="es-AR", reduced_motion="reduce")
    reader = Reader(context.new_page(), portal)
    yield reader
    context.close()
    assert not reader.faults, "\n".join(reader.faults)


@pytest.fixture
def another_reader(browser: Browser, portal: RunningPortal) -> Iterator[Callable[[], Reader]]:
    """Makes further readers, each with a browser of her own; at a desk, unless told otherwise."""
    readers: list[Reader] = []

    def make(viewport: dict[str, int] = DESK) -> Reader:
        context = browser.new_context(viewport=viewport, locale="es-AR", reduced_motion="reduce")
        readers.append(Reader(context.new_page(), portal))
        return readers[-1]

    yield make
    for reader in readers:
        reader.page.context.close()
    assert not any(reader.faults for reader in readers), [reader.faults for reader in readers]
