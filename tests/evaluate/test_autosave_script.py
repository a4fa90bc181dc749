"""What the answer page says and does around saving."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.evaluate.script_page import ADDRESS, MARKS, Server, browser_at, type_and_wait

pytestmark = MARKS


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def page(server: Server) -> Iterator[Page]:
    with browser_at(server) as context:
        page = context.new_page()
        page.goto(ADDRESS)
        yield page


def warns(page: Page) -> bool:
    """Say whether the browser would ask before it leaves the page."""
    return page.evaluate("() => !window.dispatchEvent(new Event('beforeunload', {cancelable: true}))")


def test_leaving_warns_from_the_first_letter_until_it_is_saved(page, server):
    assert not warns(page)
    page.locator("#q1-field").press_sequentially("Ob")
    assert warns(page)
    page.locator("#save-status", has_text="Guardado").wait_for(timeout=5000)
    assert not warns(page)
    assert server.values("/a")[-1] == "Ob"


@pytest.mark.parametrize(("status", "said"), [(0, "1 sin enviar"), (500, "1 sin enviar"), (403, "No")])
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


def test_what_one_person_typed_is_not_sent_by_the_next_one_who_signs_in(page, server):
    server.status = 401
    type_and_wait(page, "Obras", "Tu sesión terminó.")
    server.status, server.token, server.user = 200, "dos", "beto"
    with page.expect_response(ADDRESS):
        page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    page.wait_for_timeout(500)
    assert server.saved == []
    assert "Tu sesión terminó." in page.locator("#save-status").inner_text()
    server.token, server.user = "tres", "ana"
    page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    page.locator("#save-status", has_text="Guardado").wait_for(timeout=5000)
    assert [token for _fields, token in server.saved] == ["tres"]


def test_what_was_tried_is_told_as_the_portal_takes_it_down(page):
    script = """() => import("/js/evaluate/question-fields.js").then(({ triedOf }) => [
        triedOf("/a", [["/a", "x"], ["/a", "y"], ["/a:motivo", ""]]),
        triedOf("/a", [["/a", ""], ["/a:na", "no-aplica"], ["/a:motivo", "No hay"]]),
    ])"""
    assert page.evaluate(script) == [["/a:tried", "x y"], ["/a:tried:motivo", "No hay"]]
