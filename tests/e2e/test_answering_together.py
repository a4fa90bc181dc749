"""On a phone: a dead connection, a closed tab, two people at once, what does not apply, comments and evidence."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page

from tests.e2e.conftest import PHONE, Reader

pytestmark = pytest.mark.parametrize("reader", [PHONE], indirect=True, ids=["phone"])
SAVED = re.compile("Guardad[oa]")
# What a browser writes into its console when there is no connection.
OFFLINE = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "htmx:sendError", "htmx:afterRequest")


def open_section(reader: Reader, who: str) -> str:
    """Open the first section of the sample town's evaluation; returns its address."""
    reader.sign_in(who)
    reader.open("/evaluarme/gobierno-abierto/")
    reader.page.locator("main button, main a.button").filter(has_text="Chivilcoy").first.click()
    reader.page.wait_for_url(re.compile("/evaluarme/respuestas/"))
    address = reader.page.locator('main a[href*="/seccion/"]').first.get_attribute("href")
    assert address
    reader.open(address)
    return address


def forgive_offline(reader: Reader) -> None:
    """Leave out what a browser complains of because it had no connection."""
    reader.faults[:] = [fault for fault in reader.faults if not any(mark in fault for mark in OFFLINE)]


def questions(page: Page) -> list[Locator]:
    return page.locator("[data-question]").all()


def choose_another(question: Locator) -> str:
    """Choose an option that is not chosen yet, and return its value."""
    for field in question.locator("input[type=radio]").all():
        if not field.is_checked():
            value = field.get_attribute("value") or ""
            field.check(force=True)
            return value
    raise AssertionError("nothing else to choose")


def wait_saved(page: Page) -> None:
    page.locator("#save-status", has_text=SAVED).wait_for()
    page.locator(".htmx-request").first.wait_for(state="detached")


def kept_here(page: Page) -> int:
    return page.evaluate("() => Object.keys(localStorage).length")


def chosen(question: Locator) -> str | None:
    return question.locator("input[type=radio]:checked").get_attribute("value")


def test_answers_given_without_a_connection_survive_a_closed_tab(reader: Reader) -> None:
    address = open_section(reader, "practicante")
    context = reader.page.context
    context.set_offline(True)
    given = [choose_another(question) for question in questions(reader.page)[:3]]
    reader.page.locator("#save-status", has_text="3 respuestas sin enviar").wait_for()
    reader.page.locator("button[name=accion][value=seguir]").click()
    reader.page.locator("#save-status", has_text="Sin conexión no se puede cambiar de página").wait_for()
    assert reader.page.url.endswith(address)
    reader.page.close(run_before_unload=False)
    context.set_offline(False)
    reader.page = context.new_page()
    reader.page.goto(reader.portal.url + address)
    wait_saved(reader.page)
    reader.page.wait_for_function("() => Object.keys(localStorage).length === 0")
    reader.page.reload()
    assert [chosen(question) for question in questions(reader.page)[:3]] == given
    reader.look()
    forgive_offline(reader)


def test_answers_that_wait_are_sent_from_another_page_of_the_evaluation(reader: Reader) -> None:
    address = open_section(reader, "practicante")
    context = reader.page.context
    context.set_offline(True)
    given = choose_another(questions(reader.page)[0])
    reader.page.locator("#save-status", has_text="1 respuesta sin enviar").wait_for()
    reader.page.close(run_before_unload=False)
    context.set_offline(False)
    reader.page = context.new_page()
    reader.page.goto(reader.portal.url + address.split("seccion/")[0] + "revisar/")
    reader.page.locator("[data-outbox]", has_text="Se enviaron las respuestas").wait_for()
    reader.look()
    assert kept_here(reader.page) == 0
    reader.page.goto(reader.portal.url + address)
    assert chosen(questions(reader.page)[0]) == given
    forgive_offline(reader)


def test_whoever_signs_out_leaves_nothing_on_a_shared_device(reader: Reader, another_reader) -> None:
    address = open_section(reader, "practicante")
    before = chosen(questions(reader.page)[0])
    reader.page.route("**/guardar/", lambda route: route.abort())
    choose_another(questions(reader.page)[0])
    reader.page.locator("#save-status", has_text="1 respuesta sin enviar").wait_for()
    assert kept_here(reader.page) == 1
    # The session stays open for the other tests.
    reader.page.route(
        "**/logout/",
        lambda route: route.fulfill(body="Chau") if route.request.method == "POST" else route.continue_(),
    )
    reader.page.on("dialog", lambda dialog: dialog.accept())
    reader.page.goto(reader.portal.url + "/cuenta/logout/")
    reader.page.locator("[data-kept-here]", has_text="todavía no se envió").wait_for()
    reader.look()
    reader.page.locator("[data-signing-out] [type=submit]").click()
    reader.page.locator("body", has_text="Chau").wait_for()
    reader.page.goto(reader.portal.url + "/cuenta/logout/")
    assert kept_here(reader.page) == 0
    colleague: Reader = another_reader()
    colleague.sign_in("coordinacion")
    colleague.page.goto(colleague.portal.url + address)
    assert chosen(questions(colleague.page)[0]) == before
    forgive_offline(reader)


@pytest.mark.parametrize(("button", "is_mine"), [("Que quede la mía", True), ("Dejar la suya", False)])
def test_two_people_who_answer_otherwise_decide(
    reader: Reader, another_reader: Callable[[], Reader], button: str, is_mine: bool
) -> None:
    address = open_section(reader, "practicante")
    colleague = another_reader()
    colleague.sign_in("coordinacion")
    colleague.open(address)
    theirs = choose_another(questions(colleague.page)[1])
    wait_saved(colleague.page)
    question = questions(reader.page)[1]
    mine = next(
        value
        for value in ("0", "1", "2", "3")
        if value not in {theirs, chosen(question) if question.locator("input:checked").count() else ""}
    )
    question.locator(f"input[type=radio][value='{mine}']").check(force=True)
    conflict = question.locator("[data-conflict]")
    conflict.wait_for()
    assert "respondió" in conflict.inner_text()
    reader.look()
    conflict.get_by_role("button", name=button).click()
    conflict.wait_for(state="detached")
    wanted = mine if is_mine else theirs
    question.locator(f"input[type=radio][value='{wanted}']:checked").wait_for()
    reader.page.wait_for_function("() => Object.keys(localStorage).length === 0")
    reader.page.reload()
    assert chosen(questions(reader.page)[1]) == wanted


def test_what_does_not_apply_is_said_with_its_reason_and_taken_back(reader: Reader) -> None:
    open_section(reader, "practicante")
    question = questions(reader.page)[2]
    before = choose_another(question)
    wait_saved(reader.page)
    question.locator("[data-exempts]").check()
    assert not question.locator("input[type=radio]:checked").count()
    with reader.page.expect_response(lambda each: "motivo=Lo" in (each.request.post_data or "")):
        question.locator("[data-reason]").fill("Lo lleva la provincia")
    wait_saved(reader.page)
    reader.look()
    reader.page.reload()
    question = questions(reader.page)[2]
    assert question.locator("[data-reason]").input_value() == "Lo lleva la provincia"
    question.locator("[data-exempts]").uncheck()
    question.locator(f"input[type=radio][value='{before}']:checked").wait_for()
    reader.look()


def test_a_comment_and_a_piece_of_evidence_stand_beside_the_question(reader: Reader) -> None:
    open_section(reader, "practicante")
    page = reader.page
    link = questions(page)[0].locator("[data-item-notes]")
    link.click()
    page.locator("#comment-text").wait_for()
    reader.look()
    page.fill("#comment-text", "¿Contamos la página vieja?")
    page.locator("button[value=comentar]").click()
    page.locator(".item__text", has_text="¿Contamos la página vieja?").wait_for()
    page.locator("summary", has_text="Agregar evidencia").click()
    reader.look()
    page.locator("button[value=evidencia]").click()
    page.locator(".field__error", has_text="una de las dos cosas").wait_for()
    page.fill("#evidence-title", "Ordenanza 12")
    page.set_input_files(
        "#evidence-file", {"name": "o.txt", "mimeType": "text/plain", "buffer": b"Ordenanza 12"}
    )
    page.locator("button[value=evidencia]").click()
    page.locator(".item a", has_text="Ordenanza 12").wait_for()
    page.locator("[data-close]").click()
    assert link.inner_text() == "1 comentario · 1 evidencia"
    # The same as a page of its own; there what was added goes again.
    page.goto(reader.portal.url + (link.get_attribute("href") or ""))
    reader.look()
    for name in ("quitar", "borrar"):
        page.locator(f"button[value^='{name}:']").first.click()
        page.wait_for_load_state("load")
    assert "Todavía no hay ning" in page.locator("main").inner_text()
