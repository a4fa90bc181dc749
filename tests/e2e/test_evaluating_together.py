"""A municipality evaluates itself: opened, divided, answered, signed, scored, corrected, signed anew, published."""

import re

from playwright.sync_api import Page

from tests.e2e.answering import Answering
from tests.e2e.conftest import Reader

QUESTIONNAIRE = "/evaluarme/empleo-y-formacion-laboral/"
TITLE = "Empleo y formación laboral"


def press(reader: Reader, name: str) -> None:
    """Press a button or follow a link that leads to another page, and look at that page."""
    page = reader.page
    target = page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name))
    with page.expect_navigation():
        target.first.click()
    reader.look()


def open_and_divide(coordinator: Reader) -> str:
    """Open the town's evaluation and give every section to Ana; returns the address of its home."""
    coordinator.sign_in("coordinacion")
    coordinator.open(QUESTIONNAIRE)
    press(coordinator, "Empezar por Chivilcoy")
    home = coordinator.page.url.removeprefix(coordinator.portal.url)
    assert "¿Quién responde qué?" in text_of(coordinator.page)
    press(coordinator, "Repartir las secciones")
    boxes = coordinator.page.locator("fieldset label", has_text="Ana Muestra")
    for place in range(boxes.count()):
        boxes.nth(place).click()
    press(coordinator, "Guardar quién responde qué")
    assert re.search(r"0 de \d+ secciones listas", text_of(coordinator.page))
    return home


def answer_and_mark_ready(colleague: Reader, home: str) -> None:
    """Find the notice, answer every section, and mark each as ready."""
    colleague.sign_in("practicante")
    colleague.open("/avisos/")
    assert TITLE in text_of(colleague.page)
    colleague.open(home)
    press(colleague, "Responder la sección")
    Answering(colleague).to_the_review(1)
    colleague.look()
    assert "La firma Bruno Muestra" in text_of(colleague.page)
    assert colleague.page.get_by_role("button", name="Firmar y ver el resultado").count() == 0
    colleague.open(home)
    while colleague.page.get_by_role("button", name="Marcar como lista").count():
        with colleague.page.expect_navigation():
            colleague.page.get_by_role("button", name="Marcar como lista").first.click()
    colleague.look()


def sign(coordinator: Reader, home: str) -> None:
    """Sign, and wait for the worker's result."""
    coordinator.open(f"{home}revisar/")
    press(coordinator, "Firmar y ver el resultado")
    coordinator.page.locator(".big-number, [data-score]").first.wait_for(timeout=100_000)
    coordinator.look()


def text_of(page: Page) -> str:
    return page.locator("main").inner_text()


def test_a_team_answers_signs_corrects_and_publishes(reader: Reader, another_reader) -> None:
    home = open_and_divide(reader)
    answer_and_mark_ready(another_reader(), home)
    reader.open("/avisos/")
    assert "Están listas todas las secciones" in text_of(reader.page)
    reader.open(home)
    assert "Está todo para firmar" in text_of(reader.page)
    sign(reader, home)

    reader.open(home)
    press(reader, "Reabrir para corregir")
    reader.page.fill("textarea[name=reason]", "Faltaba contar el convenio con la provincia")
    press(reader, "Reabrir")
    assert re.search("reabrió la autoevaluación: Faltaba contar el convenio", text_of(reader.page))
    press(reader, "Ver el resultado firmado")
    sign(reader, home)

    reader.open(home)
    press(reader, "Publicar el resultado")
    press(reader, "Publicar el resultado")
    visitor = another_reader()
    visitor.open(home.replace("/respuestas/", "/resultados/"))
    assert "Bruno" not in text_of(visitor.page)
    press(reader, "Retirarlo ahora")
    response = visitor.page.goto(reader.portal.url + home.replace("/respuestas/", "/resultados/"))
    assert response is not None
    assert response.status == 404
    visitor.expect_refusals(404)
