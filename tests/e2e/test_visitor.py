"""A visitor looks around, on a phone and on a desk."""

import re

import pytest

from tests.e2e.conftest import Reader

PAGES = [
    "/",
    "/buscar/",
    "/buscar/?q=presupuesto",
    "/buscar/?q=zzzz",
    "/inspirarme/",
    "/inspirarme/?vista=mapa",
    "/inspirarme/?q=zzzz",
    "/evaluarme/",
    "/evaluarme/gobierno-abierto/",
    "/guia-de-estilo/",
    "/cuenta/login/",
    "/cuenta/signup/",
    "/cuenta/password/reset/",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_has_no_barrier(reader: Reader, path: str) -> None:
    reader.open(path)


@pytest.mark.parametrize("path", ["/", "/inspirarme/", "/evaluarme/gobierno-abierto/", "/cuenta/login/"])
def test_a_public_page_has_no_barrier_in_the_dark(reader: Reader, path: str) -> None:
    reader.page.emulate_media(color_scheme="dark")
    reader.open(path)


@pytest.mark.parametrize("language", ["en", "pt-br"])
def test_a_visitor_chooses_a_language_and_keeps_it(reader: Reader, language: str) -> None:
    reader.open("/inspirarme/")
    reader.page.locator(f'footer a[lang="{language}"]').click()
    reader.look()
    assert reader.page.url.endswith("/inspirarme/")
    assert reader.page.locator("html").get_attribute("lang") == language
    reader.open("/evaluarme/")
    assert reader.page.locator("html").get_attribute("lang") == language


def test_a_visitor_finds_a_solution_by_a_word_without_its_accent(reader: Reader) -> None:
    reader.open("/")
    reader.page.locator("main input[type=search]").fill("participacion digital barcelona")
    reader.page.locator("main input[type=search]").press("Enter")
    reader.page.wait_for_url(re.compile("/buscar/"))
    reader.look()
    reader.page.get_by_role("link", name=re.compile("Decidim|Barcelona")).first.click()
    reader.look()
    assert "Barcelona" in reader.page.locator("main").inner_text()


def test_the_list_and_the_map_are_one_set(reader: Reader) -> None:
    reader.open("/inspirarme/?area=open-government")
    count = reader.page.locator("[data-total]")
    listed, positioned = count.get_attribute("data-total"), count.get_attribute("data-positioned")
    assert int(listed or 0) > int(positioned or 0) > 0
    reader.open("/inspirarme/?area=open-government&vista=mapa")
    assert count.get_attribute("data-total") == listed
    reader.page.locator(".leaflet-marker-icon, path.leaflet-interactive").first.wait_for(state="attached")


def test_a_visitor_who_wants_to_answer_is_asked_to_sign_in(reader: Reader) -> None:
    reader.open("/evaluarme/gobierno-abierto/")
    reader.page.locator("main").get_by_role("link", name=re.compile("[Ii]ngres")).first.click()
    reader.look()
    assert "/cuenta/login/" in reader.page.url


def test_a_page_that_is_not_there_says_what_to_do(reader: Reader) -> None:
    response = reader.page.goto(reader.portal.url + "/no-existe/")
    assert response is not None
    assert response.status == 404
    reader.look()
    assert reader.page.get_by_role("link", name="Ir al inicio").is_visible()
    # The browser itself reports the 404 in its console; it is the answer that was asked for.
    reader.expect_refusals(404)


def test_the_keyboard_reaches_the_content_first(reader: Reader) -> None:
    reader.open("/")
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("document.activeElement.textContent") == "Ir al contenido"
    reader.page.keyboard.press("Enter")
    assert reader.page.evaluate("document.activeElement.id") == "contenido"
