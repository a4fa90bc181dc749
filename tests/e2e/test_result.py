"""A result is explained, compared, shown to everybody for a while, and leads to the plan."""

import re

from tests.e2e.conftest import Reader
from tests.e2e.sample_town import sample_result


def press(reader: Reader, name: str) -> None:
    """Press a button or follow a link that leads to another page, and look at that page."""
    page = reader.page
    target = page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name))
    with page.expect_navigation():
        target.first.click()
    reader.look()


def text_of(reader: Reader) -> str:
    return reader.page.locator("main").inner_text()


def test_a_result_is_explained_compared_and_leads_to_a_step(reader: Reader) -> None:
    reader.sign_in("coordinacion")
    result = sample_result(reader)
    reader.open(result)
    assert re.search(r"\d+ puntos de \d+ posibles", text_of(reader))
    press(reader, "Cómo se calculó")
    assert "¿Quiénes presentan declaración jurada" in text_of(reader)
    reader.page.goto(reader.portal.url + result)
    press(reader, "Comparar con otros municipios")
    assert "nadie las verificó" in text_of(reader)
    press(reader, "Toda la red")
    reader.page.locator("summary", has_text="Ver los números en una tabla").first.click()
    reader.look()
    reader.page.goto(reader.portal.url + result)
    press(reader, "Sumar al plan de mejora")
    assert reader.page.locator("textarea[name=title]").input_value()


def test_a_published_result_is_there_for_everybody_until_it_is_withdrawn(
    reader: Reader, another_reader
) -> None:
    reader.sign_in("coordinacion")
    publishing = sample_result(reader).replace("/resultado/", "/publicar/")
    reader.open(publishing)
    press(reader, "Publicar el resultado")
    visitor: Reader = another_reader()
    visitor.page.set_viewport_size(reader.page.viewport_size)
    visitor.open("/evaluarme/resultados/")
    press(visitor, "Chivilcoy")
    assert "Muestra" in text_of(visitor)
    assert not re.search("Bruno|Ana Muestra|Sumar al plan", text_of(visitor))
    shown = visitor.page.url
    reader.open(publishing)
    press(reader, "Retirarlo ahora")
    assert not visitor.faults
    answer = visitor.page.goto(shown)
    assert answer is not None
    assert answer.status == 404
    visitor.expect_refusals(404)


def test_a_visitor_searches_the_questionnaires(reader: Reader) -> None:
    reader.open("/evaluarme/")
    reader.page.fill("#buscar-cuestionario", "tesoreria")
    with reader.page.expect_navigation():
        reader.page.press("#buscar-cuestionario", "Enter")
    reader.look()
    assert re.search("1 cuestionario para responder", text_of(reader))
    press(reader, "Presupuesto")
    reader.open("/evaluarme/?q=zzzz")
