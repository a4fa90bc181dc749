"""A practitioner answers a questionnaire, a real worker scores it, and the result leads somewhere."""

import re

from tests.e2e.answering import Answering
from tests.e2e.conftest import Reader


def start_self_check(reader: Reader) -> Answering:
    reader.sign_in("practicante")
    reader.open("/evaluarme/gobierno-abierto/")
    reader.page.get_by_role("button", name="Probarlo a título personal").click()
    reader.page.wait_for_url(re.compile("/evaluarme/respuestas/"))
    reader.look()
    return Answering(reader)


def test_a_practitioner_answers_to_the_end_and_a_worker_scores_it(reader: Reader) -> None:
    answering = start_self_check(reader)
    answering.answer_section(1)
    reader.look()
    answering.to_the_review(1)
    reader.look()
    reader.page.get_by_role("button", name="Terminar y ver el resultado").click()
    reader.page.wait_for_url(re.compile("/resultado/"))
    reader.page.locator(".big-number, [data-score]").first.wait_for(timeout=100_000)
    reader.look()
    text = reader.page.locator("main").inner_text()
    assert "33" in text, "every criterion on the second of four levels makes a third"
    reader.page.locator('main a[href^="/inspirarme/"]').first.click()
    reader.look()


def test_an_answer_survives_a_closed_tab_and_a_skipped_question_stays_away(reader: Reader) -> None:
    answering = start_self_check(reader)
    page = reader.page
    page.locator("nav button", has_text="Presupuesto participativo").first.click()
    page.wait_for_load_state("networkidle")
    before = page.locator("[data-question]:visible").count()
    filter_question = page.locator("[data-question]").filter(has=page.locator('input[name$="/pp_realizado"]'))
    answering.choose(filter_question.locator("fieldset"), 0)
    page.wait_for_load_state("networkidle")
    shown = page.locator("[data-question]:visible").count()
    answering.choose(filter_question.locator("fieldset"), 1)
    page.wait_for_load_state("networkidle")
    hidden = page.locator("[data-question]:visible").count()
    assert shown > hidden
    assert before in (shown, hidden)
    url = page.url
    page.goto("about:blank")
    page.goto(url)
    assert page.locator('input[name$="/pp_realizado"]').nth(1).is_checked()
    reader.look()
    # Leave nothing open for the next reader: the self-check is answered and sent.
    page.locator("nav button", has_text="Información a la vista").first.click()
    page.wait_for_load_state("networkidle")
    answering.to_the_review(0)
    page.get_by_role("button", name="Terminar y ver el resultado").click()
    page.locator(".big-number, [data-score]").first.wait_for(timeout=100_000)


def test_the_account_pages_have_no_barrier(reader: Reader) -> None:
    reader.sign_in("practicante")
    for path in (
        "/cuenta/",
        "/cuenta/datos/",
        "/cuenta/sumarme/",
        "/cuenta/mis-datos/",
        "/cuenta/mis-datos/borrar/",
        "/cuenta/email/",
        "/cuenta/password/change/",
        "/cuenta/2fa/",
        "/avisos/",
        "/avisos/preferencias/",
    ):
        reader.page.goto(reader.portal.url + path)
        reader.look()


def test_a_colleague_elsewhere_cannot_see_it(reader: Reader, another_reader) -> None:
    reader.sign_in("practicante")
    reader.open("/evaluarme/")
    link = reader.page.locator('main a[href*="/evaluarme/respuestas/"]').first
    address = link.get_attribute("href")
    neighbour = another_reader()
    neighbour.sign_in("vecina")
    response = neighbour.page.goto(neighbour.portal.url + address)
    assert response is not None
    assert response.status == 404
    neighbour.expect_refusals(404)
