"""Answers that wait on the device: kept at once, sent in order, shown when they cannot be sent, nobody else's."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.evaluate.script_page import ADDRESS, MARKS, OTHER_PAGE, Server, browser_at, type_and_wait

pytestmark = MARKS


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def context(server: Server) -> Iterator[BrowserContext]:
    with browser_at(server) as context:
        yield context


def opened(context: BrowserContext, address: str = ADDRESS) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def closed_with(context: BrowserContext, server: Server, *texts: str) -> None:
    """Type without a connection, one text a question, and close the page."""
    server.status = 0
    page = opened(context)
    for place, text in enumerate(texts, start=1):
        type_and_wait(page, text, f"{place} sin enviar", f"q{place}")
    page.close(run_before_unload=False)
    server.status = 200


def kept(page: Page) -> int:
    return page.evaluate("() => Object.keys(localStorage).length")


def test_an_answer_is_on_the_device_before_anything_was_sent(context, server):
    page = opened(context)
    page.locator("#q1-field").press_sequentially("O")
    assert kept(page) == 1
    page.close(run_before_unload=False)
    assert server.saved == []
    page = opened(context)
    page.locator("#save-status", has_text="Guardado").wait_for()
    assert page.locator("#q1-field").input_value() == "O"
    assert server.values("/a") == ["O"]
    assert kept(page) == 0


def test_a_closed_page_brings_its_answers_back_and_sends_them_in_order(context, server):
    closed_with(context, server, "Obras", "Lunes")
    page = opened(context)
    page.wait_for_function("() => Object.keys(localStorage).length === 0")
    assert page.locator("#q2-field").input_value() == "Lunes"
    assert [fields["path"] for fields, _token in server.saved] == ["/a", "/b"]
    assert all(fields["guardada"] == "1" for fields, _token in server.saved)
    assert server.values("/a:held") == ["vacio"]


def test_it_stays_until_the_portal_has_confirmed_it(context, server):
    server.status = 500
    page = opened(context)
    type_and_wait(page, "Obras", "1 sin enviar")
    assert kept(page) == 1
    server.status = 200
    page.evaluate("() => window.dispatchEvent(new Event('online'))")
    page.locator("#save-status", has_text="Guardado").wait_for()
    assert kept(page) == 0
    assert server.values("/a:tried") == ["Obras"], "nobody had heard whether the first try arrived"


def test_another_page_of_the_evaluation_sends_what_waits(context, server):
    closed_with(context, server, "Obras", "Lunes")
    page = opened(context, OTHER_PAGE)
    page.locator("[data-outbox]", has_text="Se enviaron").wait_for()
    assert server.values("/a") == ["Obras"]
    assert server.values("/b") == ["Lunes"]
    assert kept(page) == 0


def test_a_conflict_found_while_sending_is_shown_with_the_way_to_its_question(context, server):
    closed_with(context, server, "Obras")
    server.outcome = "conflict"
    page = opened(context, OTHER_PAGE)
    page.locator("[data-outbox]", has_text="Otra persona").wait_for()
    assert page.locator("[data-outbox] a").get_attribute("href") == "/seccion/#q1"
    assert kept(page) == 1
    server.outcome = "saved"
    page = opened(context)
    page.locator("#save-status", has_text="Guardado").wait_for()
    assert kept(page) == 0


def test_what_came_too_late_is_shown_to_be_copied_and_is_not_sent(context, server):
    closed_with(context, server, "Obras")
    server.is_open = False
    page = opened(context, OTHER_PAGE)
    box = page.locator("[data-outbox]")
    box.get_by_text("Ya se firmó").wait_for()
    assert "Pregunta a: Obras" in box.inner_text()
    assert server.saved == []
    box.get_by_role("button", name="Descartar").click()
    assert box.is_hidden()
    assert kept(page) == 0


@pytest.mark.parametrize(
    ("status", "outcome", "said"), [(403, "closed", "Ya se firmó"), (404, "", "No está más")]
)
def test_what_the_portal_takes_no_more_is_shown_to_be_copied(context, server, status, outcome, said):
    closed_with(context, server, "Obras")
    server.status, server.outcome = status, outcome
    page = opened(context, OTHER_PAGE)
    page.locator("[data-outbox]", has_text=said).wait_for()
    assert "Obras" in page.locator("[data-outbox]").inner_text()
    assert kept(page) == 1


def test_after_the_session_ended_it_goes_on_waiting(context, server):
    closed_with(context, server, "Obras")
    server.status = 401
    page = opened(context, OTHER_PAGE)
    page.locator("[data-outbox]", has_text="1 sin enviar").wait_for()
    assert kept(page) == 1


def test_the_next_person_neither_sees_nor_sends_it(context, server):
    closed_with(context, server, "Obras")
    server.user = "beto"
    page = opened(context)
    page.wait_for_load_state("networkidle")
    assert page.locator("#q1-field").input_value() == ""
    assert server.saved == []
    assert kept(page) == 0


def test_what_was_typed_while_an_earlier_answer_was_under_way_goes_on_waiting(context, server):
    page = opened(context)
    page.locator("#q1-field").press_sequentially("Ob")
    page.evaluate("() => htmx.trigger('#q1', 'change')")
    page.locator("#q1-field").press_sequentially("ras")
    page.wait_for_function("() => Object.keys(localStorage).length === 0")
    assert server.values("/a")[-1] == "Obras"


def test_without_a_connection_the_page_stays_and_says_why(context):
    page = opened(context)
    context.set_offline(True)
    page.get_by_role("button", name="Seguir").click()
    page.locator("#save-status", has_text="Sin conexión").wait_for()
    assert page.url == ADDRESS


def test_a_device_that_keeps_nothing_says_so_and_saves_all_the_same(context, server):
    context.add_init_script("Storage.prototype.setItem = () => { throw new Error('lleno') }")
    page = opened(context)
    page.locator("#q1-field").press_sequentially("Obras")
    assert "Lleno" in page.locator("[data-outbox]").inner_text()
    page.locator("#save-status", has_text="Guardado").wait_for()
    assert server.values("/a") == ["Obras"]
