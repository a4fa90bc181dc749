"""A practitioner tells what her town did, staff ask for something more, and it becomes part of the library."""

import re

from playwright.sync_api import Page

from tests.e2e.conftest import Reader

KEPT = re.compile(r"^Guardado \d\d:\d\d")


def is_kept(page: Page) -> None:
    """Wait until the portal says that what was typed is kept."""
    page.locator("[data-save-status]", has_text=KEPT).wait_for()


def type_into(page: Page, selector: str, text: str) -> None:
    """Type a text, and wait until the portal has answered that it keeps it."""
    with page.expect_response(lambda response: response.url.endswith("/guardar/")) as saving:
        page.locator(selector).fill(text)
    assert saving.value.ok
    is_kept(page)


def write_a_case(reader: Reader, title: str) -> None:
    """Fill in what is needed, and a figure."""
    page = reader.page
    reader.open("/inspirarme/contar/")
    type_into(page, "#id_title", title)
    assert "/aportes/" in page.url, "the draft has an address of its own"
    reader.look()
    page.reload()
    assert page.locator("#id_title").input_value() == title
    assert page.locator("input[name=municipality]:checked").count() == 1, "her own town is filled in and kept"
    type_into(page, "#id_summary", "Las familias separan los restos y el municipio reparte el compost.")
    page.get_by_label("Ambiente y residuos").check()
    page.locator("#resultados > summary").click()
    page.locator("#id_figures-0-indicator").fill("Familias que separan")
    page.get_by_role("button", name="Agregar otra cifra").click()
    page.locator("#id_figures-2-indicator").wait_for()
    type_into(page, "#id_figures-0-after", "1.200")
    reader.look()


def test_a_case_goes_from_a_phone_into_the_library(reader: Reader, another_reader) -> None:
    page = reader.page
    title = f"Compost de barrio para {page.viewport_size['width']} huertas escolares"
    reader.sign_in("practicante")
    write_a_case(reader, title)
    page.reload()
    page.locator("#resultados > summary").click()
    assert page.locator("#id_figures-0-after").input_value() == "1.200"
    page.get_by_role("button", name="Enviar a revisión").click()
    page.wait_for_url(re.compile(r"/inspirarme/aportes/[^/]+/$"))
    reader.look()
    address = page.url.removeprefix(reader.portal.url)

    staff = another_reader()
    staff.sign_in("administracion")
    staff.open("/inspirarme/revision/")
    staff.page.get_by_role("link", name=title).click()
    staff.look()
    staff.page.get_by_label("Sobre qué parte").select_option("what_was_done")
    staff.page.get_by_label("Comentario", exact=True).fill("¿Cómo empezaron?")
    staff.page.get_by_role("button", name="Agregar el comentario").click()
    staff.page.get_by_role("button", name="Pedir cambios").click()
    staff.page.wait_for_url(re.compile("/revision/(#.*)?$"))
    staff.look()

    page.goto(reader.portal.url + address + "editar/")
    reader.look()
    page.get_by_text("¿Cómo empezaron?").wait_for()
    type_into(page, "#id_what_was_done", "Con tres escuelas y una compostera en cada una.")
    page.get_by_role("button", name="Ya lo hice").click()
    page.get_by_text("resuelto").wait_for()
    page.get_by_role("button", name="Enviar a revisión").click()
    page.wait_for_url(re.compile(r"/inspirarme/aportes/[^/]+/$"))

    staff.open("/inspirarme/revision/")
    staff.page.get_by_role("link", name=title).click()
    staff.page.get_by_role("button", name="Publicar", exact=True).click()
    staff.page.wait_for_url(re.compile("/revision/(#.*)?$"))

    page.goto(reader.portal.url + address)
    page.get_by_role("link", name="Verlo en la biblioteca").click()
    reader.look()
    assert "Con tres escuelas" in page.locator("main").inner_text()
    page.goto(page.url + "historial/")
    reader.look()

    visitor = another_reader()
    visitor.open(page.url.removeprefix(reader.portal.url).removesuffix("historial/"))
    assert title in visitor.page.locator("h1").inner_text()

    page.goto(reader.portal.url + "/inspirarme/contar/")
    page.locator("#id_title").fill(title.replace("escolares", "de escuela"))
    page.get_by_text("¿Es una de estas?").wait_for()
    reader.look()
    is_kept(page)


def test_what_is_typed_without_a_connection_is_kept_when_it_is_back(reader: Reader) -> None:
    page = reader.page
    reader.sign_in("practicante")
    reader.open("/inspirarme/contar/")
    type_into(page, "#id_title", "Plaza sin barreras")
    page.context.set_offline(True)
    page.locator("#id_summary").fill("Rampas y juegos para todos.")
    page.get_by_text("Sin conexión").wait_for()
    reader.faults.clear()
    page.context.set_offline(False)
    is_kept(page)
    page.reload()
    assert page.locator("#id_summary").input_value() == "Rampas y juegos para todos."
    reader.faults.clear()


def test_two_authors_at_once_see_both_texts(reader: Reader, another_reader) -> None:
    page = reader.page
    reader.sign_in("practicante")
    reader.open("/inspirarme/contar/")
    type_into(page, "#id_title", "Título de partida")
    other = another_reader()
    other.sign_in("practicante")
    other.page.goto(page.url)
    type_into(other.page, "#id_title", "Título de otra pestaña")
    with page.expect_response(lambda response: response.url.endswith("/guardar/")):
        page.locator("#id_title").fill("Título mío")
    page.get_by_text("Título de otra pestaña").wait_for()
    reader.look()
    with page.expect_response(lambda response: response.url.endswith("/guardar/")):
        page.get_by_role("button", name="Dejar lo mío").click()
    other.page.reload()
    assert other.page.locator("#id_title").input_value() == "Título mío"


def test_the_pages_around_writing_have_no_barrier(reader: Reader) -> None:
    reader.open("/inspirarme/criterios/")
    reader.sign_in("practicante")
    reader.open("/inspirarme/mis-aportes/")
    reader.open("/inspirarme/contar/")
    for group in reader.page.locator("details.desk-group > summary").all():
        group.click()
    reader.look()
    reader.page.get_by_role("button", name="Enviar a revisión").click()
    reader.page.get_by_text("Guardamos todo. Para enviarlo").wait_for()
    reader.look()
