"""The answer page's scripts in a real browser, with a server that fails on command."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl

import django_htmx
import pytest
from playwright.sync_api import BrowserContext, Page, Route, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
MARKS = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(not shutil.which(CHROMIUM), reason=f"{CHROMIUM} is not installed"),
]
SCRIPTS = Path(__file__).parents[2] / "static" / "js"
HTMX = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
ADDRESS = "http://portal.example/seccion/"
OTHER_PAGE = "http://portal.example/revisar/"
OUTBOX = """<section data-outbox data-user="USER" data-evaluation="e1" data-save-url="/guardar/" OPEN hidden
  data-text-waiting-one="1 sin enviar" data-text-waiting-many="{count} sin enviar" data-text-sent="Se enviaron"
  data-text-closed="Ya se firmó" data-text-lost="No está más" data-text-conflict="Otra persona" data-text-full="Lleno"
  data-text-copy="Copiar" data-text-copied="Copiado" data-text-discard="Descartar" data-text-empty="nada"></section>
<script type="module" src="/js/evaluate/outbox-sending.js"></script>"""
QUESTION = """<div id="ID" data-question hx-post="/guardar/" hx-trigger="input delay:300ms, change"
  hx-params="path,/NAME,/NAME:held" hx-vals='{"path": "/NAME"}'><input type="hidden" name="shown" value="/NAME">
<input type="hidden" id="ID-held" name="/NAME:held" value="vacio"><label for="ID-field"><span
id="ID-label">Pregunta NAME</span></label><input type="text" id="ID-field" name="/NAME"><div data-errors></div></div>"""
HEAD = """<!doctype html><html lang="es"><body hx-headers='{"X-CSRFToken": "TOKEN"}'>"""
PAGE = (
    HEAD
    + OUTBOX
    + """<form id="section-form" method="post" action="/seccion/" hx-swap="none" hx-sync="this:queue all" data-autosave
  data-text-saving="Guardando" data-text-failed="Sin red" data-text-refused="No" data-text-offline="Sin conexión"
  data-text-signed-out="Tu sesión terminó." data-text-sign-in="Ingresar" data-sign-in="/cuenta/login/">
<input type="hidden" name="csrfmiddlewaretoken" value="TOKEN">"""
    + QUESTION.replace("ID", "q1").replace("NAME", "a")
    + QUESTION.replace("ID", "q2").replace("NAME", "b")
    + """<button name="accion" value="seguir">Seguir</button><p id="save-status"></p></form>
<script src="/htmx.js"></script><script type="module" src="/js/evaluate/autosave.js"></script></body></html>"""
)
REVIEW = HEAD + OUTBOX + """<p>Revisar</p><script src="/htmx.js"></script></body></html>"""
SAVED = '<p id="save-status" hx-swap-oob="innerHTML">Guardado</p>'


class Server:
    """Answers the page's requests with the status and the outcome that the test asks for."""

    def __init__(self) -> None:
        self.status = 200
        self.outcome = "saved"
        self.token = "uno"
        self.user = "ana"
        self.is_open = True
        self.saved: list[tuple[dict[str, str], str]] = []

    def answer(self, route: Route) -> None:
        """Be the portal."""
        path = route.request.url.removeprefix("http://portal.example")
        if path == "/guardar/":
            self._save(route)
        elif path == "/htmx.js":
            route.fulfill(body=HTMX.read_text(), content_type="text/javascript")
        elif path.startswith("/js/"):
            route.fulfill(body=(SCRIPTS / path[4:]).read_text(), content_type="text/javascript")
        else:
            page = REVIEW if path == "/revisar/" else PAGE
            state = {"TOKEN": self.token, "USER": self.user, "OPEN": "data-open" if self.is_open else ""}
            for mark, value in state.items():
                page = page.replace(mark, value)
            route.fulfill(body=page, content_type="text/html; charset=utf-8")

    def values(self, name: str) -> list[str]:
        """Return what arrived under a name, in order."""
        return [fields[name] for fields, _token in self.saved if name in fields]

    def _save(self, route: Route) -> None:
        if self.status == 0:
            route.abort()
            return
        if self.status == 200:
            fields = dict(parse_qsl(route.request.post_data or "", keep_blank_values=True))
            self.saved.append((fields, route.request.headers["x-csrftoken"]))
        route.fulfill(
            status=self.status,
            body=SAVED,
            content_type="text/html; charset=utf-8",
            headers={"Answer-Outcome": self.outcome},
        )


@contextmanager
def browser_at(server: Server) -> Iterator[BrowserContext]:
    """A browser whose every request the server answers."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context()
        context.route("**/*", server.answer)
        yield context
        browser.close()


def type_and_wait(page: Page, text: str, said: str, field: str = "q1") -> None:
    """Type into a question and wait for what the page says about it."""
    page.locator(f"#{field}-field").press_sequentially(text)
    page.locator("#save-status", has_text=said).wait_for(timeout=5000)
