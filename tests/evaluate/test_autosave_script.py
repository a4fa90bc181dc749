"""The script of the answer page in a real browser, with a server that fails on command."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import django_htmx
import pytest
from playwright.sync_api import Page, Route, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(not shutil.which(CHROMIUM), reason=f"{CHROMIUM} is not installed"),
]
SCRIPT = Path(__file__).parents[2] / "static" / "js" / "evaluate" / "autosave.js"
HTMX = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
ADDRESS = "http://portal.example/seccion/"
PAGE = """<!doctype html><html lang="es"><body hx-headers='{"X-CSRFToken": "TOKEN"}'>
<form id="section-form" method="post" action="/seccion/" hx-swap="none" hx-sync="this:queue all" data-autosave
  data-text-saving="Guardando" data-text-failed="Sin red" data-text-refused="No"
  data-text-signed-out="Tu sesión terminó." data-text-sign-in="Ingresar" data-sign-in="/cuenta/login/">
<input type="hidden" name="csrfmiddlewaretoken" value="TOKEN">
<div id="q1" data-question hx-post="/guardar/" hx-trigger="input delay:300ms, change" hx-params="path,/a"
  hx-vals='{"path": "/a"}'><input type="text" id="q1-field" name="/a"><div data-errors></div></div>
<button name="accion" value="seguir">Seguir</button><p id="save-status"></p></form>
<script src="/htmx.js"></script><script type="module" src="/autosave.js"></script></body></html>"""
SAVED = '<p id="save-status" hx-swap-oob="innerHTML">Guardado</p>'


class Server:
    """Answers the page's requests with the status that the test asks for."""

    def __init__(self) -> None:
        self.status = 200
        self.token = "uno"
        self.saved: list[tuple[str, str]] = []

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix("http://portal.example")
        if path == "/guardar/":
            self._save(route)
        elif path in {"/htmx.js", "/autosave.js"}:
            file = HTMX if path == "/htmx.js" else SCRIPT
            route.fulfill(body=file.read_text(), content_type="text/javascript")
        else:
            route.fulfill(body=PAGE.replace("TOKEN", self.token), content_type="text/html; charset=utf-8")

    def _save(self, route: Route) -> None:
        if self.status == 0:
            route.abort()
            return
        if self.status == 200:
            self.saved.append((route.request.post_data or "", route.request.headers["x-csrftoken"]))
        route.fulfill(status=self.status, body=SAVED, content_type="text/html; charset=utf-8")


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def page(server: Server) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.route("**/*", server.answer)
        page.goto(ADDRESS)
        yield page
        browser.close()


def warns(page: Page) -> bool:
    """Say whether the browser would ask before it leaves the page."""
    return page.evaluate("() => !window.dispatchEvent(new Event('beforeunload', {cancelable: true}))")


def type_and_wait(page: Page, text: str, said: str) -> None:
    page.locator("#q1-field").press_sequentially(text)
    page.locator("#save-status", has_text=said).wait_for(timeout=5000)


def test_leaving_warns_from_the_first_letter_until_it_is_saved(page, server):
    assert not warns(page)
    page.locator("#q1-field").press_sequentially("Ob")
    assert warns(page)
    page.locator("#save-status", has_text="Guardado").wait_for(timeout=5000)
    assert not warns(page)
    assert server.saved[-1][0].endswith("Ob")


@pytest.mark.parametrize(("status", "said"), [(0, "Sin red"), (500, "Sin red"), (403, "No")])
def test_what_was_not_taken_still_warns(page, server, status, said):
    server.status = status
    type_and_wait(page, "Obras", said)
    assert warns(page)
    assert page.locator("#q1-field").input_value() == "Obras"


def test_what_was_typed_after_the_session_ended_is_kept_and_saved_after_signing_in(page, server):
    server.status = 401
    type_and_wait(page, "Obras", "Tu sesión terminó.")
    assert page.locator("#save-status a").get_attribute("href") == "/cuenta/login/"
    page.get_by_role("button", name="Seguir").click()
    assert warns(page)
    assert page.locator("#q1-field").input_value() == "Obras"
    server.status, server.token = 200, "dos"
    page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    page.locator("#save-status", has_text="Guardado").wait_for(timeout=5000)
    assert server.saved[-1][1] == "dos"
    assert not warns(page)
