"""RIL's staff look at the whole network, and write a questionnaire in the admin."""

import re

from tests.e2e.conftest import Reader

NETWORK = ("", "criterios/", "distribucion/", "en-curso/", "exportar/")


def test_staff_see_how_the_network_stands(reader: Reader) -> None:
    reader.sign_in("red")
    for page in NETWORK:
        reader.open(f"/evaluarme/red/{page}?muestra=1")
    reader.open("/evaluarme/red/distribucion/?muestra=1&cuestionario=gobierno-abierto")
    assert "mediana" in reader.page.locator("main").inner_text()


def test_a_draft_is_begun_changed_tried_and_thrown_away(reader: Reader) -> None:
    reader.sign_in("red")
    page = reader.page
    page.goto(f"{reader.portal.url}/admin/evaluate/questionnaireversion/?q=empleo-municipal")
    page.locator("#result_list tbody a").first.click()
    reader.look()
    page.get_by_role("button", name="Empezar un borrador").click()
    page.wait_for_url(re.compile(r"/borrador/$"))
    reader.look()
    draft = page.url.removeprefix(reader.portal.url)
    page.locator('#content a[href*="/editar/"]').nth(1).click()
    reader.look()
    page.locator("textarea").first.fill("¿Cómo entra alguien a trabajar en el municipio?")
    with page.expect_navigation():
        page.locator("#content .default[type=submit]").click()
    reader.open(draft)
    assert "¿Cómo entra alguien a trabajar en el municipio?" in page.locator("#content").inner_text()
    for place in ("ajustes/", "agregar/?tipo=question", "probar/", "publicar/", "eliminar/"):
        reader.open(draft + place)
    with page.expect_navigation():
        page.get_by_role("button", name="Eliminar el borrador").click()
    answer = page.request.get(reader.portal.url + draft)
    assert answer.status == 404
