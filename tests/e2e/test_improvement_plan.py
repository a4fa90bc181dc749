"""From a weak criterion to a step that somebody takes on and finishes, and the report for the mayor."""

import re
from datetime import UTC, datetime, timedelta

from tests.e2e.conftest import Reader
from tests.e2e.sample_town import sample_result


def test_a_weak_criterion_becomes_a_step_with_a_person_and_is_done(reader: Reader, another_reader) -> None:
    reader.sign_in("practicante")
    reader.open(sample_result(reader))
    reader.page.locator('a[href*="/plan/nuevo/"]').first.click()
    reader.look()
    page, title = reader.page, f"Publicar las cuentas {reader.page.viewport_size['width']}"
    assert page.locator("textarea[name=title]").input_value()
    page.fill("textarea[name=title]", title)
    page.locator("select[name=responsible]").select_option(label="Bruno Muestra (coordinación)")
    page.fill("input[name=due_on]", f"{datetime.now(UTC) + timedelta(days=90):%Y-%m-%d}")
    page.get_by_role("button", name="Sumar al plan").click()
    page.wait_for_url(re.compile(r"/evaluarme/plan/[0-9a-f-]{36}/$"))
    reader.look()
    step = page.url.removeprefix(reader.portal.url)

    coordinator = another_reader()
    coordinator.sign_in("coordinacion")
    coordinator.open("/avisos/")
    assert title in coordinator.page.locator("main").inner_text()
    coordinator.open("/evaluarme/plan/?mios=1")
    coordinator.page.get_by_role("link", name=title).click()
    coordinator.look()
    coordinator.page.fill("textarea[name=nota]", "Ya está en la web")
    coordinator.page.get_by_role("button", name="Marcar como hecho").click()
    coordinator.page.wait_for_load_state("networkidle")
    coordinator.look()

    reader.open(step)
    assert "Ya está en la web" in page.locator("main").inner_text()
    reader.open(f"{step}editar/")
    reader.open("/evaluarme/plan/?estado=done")
    assert title in page.locator("main").inner_text()


def test_an_inspiration_is_found_and_added(reader: Reader) -> None:
    reader.sign_in("practicante")
    reader.open("/evaluarme/plan/nuevo/")
    reader.page.get_by_role("button", name="Seguir").click()
    reader.look()
    reader.page.get_by_role("button", name="Sumar al plan").click()
    reader.look()
    assert "Falta qué van a hacer" in reader.page.locator("main").inner_text()
    reader.page.fill("textarea[name=title]", "Separar en origen")
    reader.page.get_by_role("button", name="Sumar al plan").click()
    reader.page.wait_for_url(re.compile(r"/evaluarme/plan/[0-9a-f-]{36}/$"))
    reader.page.fill("input[name=q]", "gobierno abierto")
    reader.page.get_by_role("button", name="Buscar", exact=True).click()
    reader.look()
    reader.page.get_by_role("button", name=re.compile("^Sumar ")).first.click()
    reader.page.wait_for_load_state("networkidle")
    reader.look()
    assert reader.page.get_by_role("button", name=re.compile("^Quitar ")).count() == 1


def test_the_report_comes_as_a_file(reader: Reader) -> None:
    reader.sign_in("practicante")
    reader.open(sample_result(reader))
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name="Informe en PDF").click()
    assert download.value.suggested_filename.endswith(".pdf")
    assert download.value.path().read_bytes().startswith(b"%PDF-1.7")


def test_staff_look_at_the_plans_of_the_towns(reader: Reader) -> None:
    reader.sign_in("red")
    reader.open("/evaluarme/plan/")
