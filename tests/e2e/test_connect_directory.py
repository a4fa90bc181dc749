"""Somebody joins the directory and leaves it; others look for colleagues in it, with a finger, a mouse or the keys."""

import re

from playwright.sync_api import expect

from tests.e2e.cast import Role, enter, picture
from tests.e2e.conftest import PHONE, Reader

NAME = "Noemí Elenco"
PERSON = '#resultados a[href*="/personas/"]'


def test_a_newcomer_joins_the_directory_and_leaves_it(another_reader) -> None:
    """Written on a phone; each page looked at on a desk too."""
    newcomer: Reader = another_reader(PHONE)
    enter(newcomer.portal, Role("noemi", NAME, "Necochea", "Inspectora de obras", is_listed=False))
    newcomer.sign_in("noemi")
    newcomer.visit("/conectarme/mi-perfil/", also_in_the_dark=True)
    assert "No aparecés en el directorio" in newcomer.text()
    before = completeness(newcomer)
    fill_in_the_profile(newcomer)
    assert completeness(newcomer) > before
    newcomer.press("Aparecer en el directorio")
    newcomer.look_everywhere()
    newcomer.page.goto(f"{newcomer.portal.url}/conectarme/mi-perfil/?ver=cualquiera")
    newcomer.look_everywhere()
    assert "Planta de compost" not in newcomer.page.locator(".profile-preview").inner_text()

    member: Reader = another_reader()
    member.sign_in("practicante")
    address = find(member, NAME)
    member.visit(address)
    assert "Planta de compost" in member.text()
    visitor: Reader = another_reader()
    visitor.visit(address, also_in_the_dark=True)
    seen = visitor.text()
    assert "Sé de obras chicas" in seen
    assert not re.search("Planta de compost|Inspectora|elenco.example", visitor.page.content())
    assert visitor.page.locator("main .person-photo img").count() == 0

    newcomer.page.goto(f"{newcomer.portal.url}/conectarme/mi-perfil/")
    newcomer.press("Salir del directorio")
    assert "No aparecés en el directorio" in newcomer.text()
    for reader in (member, visitor):
        assert reader.status_of(address) == 404
        assert not is_found(reader, NAME)


def completeness(reader: Reader) -> int:
    """Return how many parts of one's own profile have something in them."""
    return int(reader.page.locator("#profile-completeness").get_attribute("value") or 0)


def fill_in_the_profile(reader: Reader) -> None:
    """Say who may see what, with a photo; a link that is none is refused and nothing is lost."""
    reader.visit("/conectarme/mi-perfil/editar/", also_in_the_dark=True)
    page = reader.page
    reader.unfold()
    for part, level in {"name": "public", "about": "public", "offers": "members", "work": "members"}.items():
        page.locator(f"select[name=level_{part}]").select_option(level)
    page.locator("input[name=photo]").set_input_files(picture("retrato.jpg"))
    page.fill("textarea[name=about]", "Sé de obras chicas.")
    page.fill("textarea[name=offers]", "Planta de compost: costos.")
    page.fill("input[name=link_label_0]", "Mi área")
    page.fill("input[name=link_url_0]", "javascript:alert(1)")
    reader.press("Guardar todo")
    reader.look_everywhere()
    assert page.input_value("textarea[name=offers]") == "Planta de compost: costos."
    reader.unfold()
    page.fill("input[name=link_url_0]", "https://necochea.example/obras")
    page.locator("input[name=photo]").set_input_files(picture("retrato.jpg"))
    reader.press("Guardar todo")
    page.goto(f"{reader.portal.url}/conectarme/mi-perfil/")
    reader.expect_refusals(422)


def find(reader: Reader, name: str) -> str:
    """Return the address of a person who is in the directory."""
    assert is_found(reader, name)
    reader.look_everywhere()
    return str(reader.page.locator(PERSON).filter(has_text=name).first.get_attribute("href"))


def is_found(reader: Reader, name: str) -> bool:
    """Say whether the directory knows a person of this name."""
    reader.page.goto(f"{reader.portal.url}/conectarme/?q={name}")
    return reader.page.locator(PERSON).filter(has_text=name).count() > 0


def test_a_colleague_is_found_by_facets_and_words(reader: Reader) -> None:
    """On a phone the facets are in a drawer, on a desk beside the list."""
    reader.sign_in("practicante")
    reader.page.emulate_media(color_scheme="dark")
    reader.open("/conectarme/")
    reader.page.emulate_media(color_scheme="light")
    reader.open("/conectarme/")
    page = reader.page
    drawer = page.locator("details[data-filters-panel]")
    if page.viewport_size == PHONE:
        assert not page.get_by_role("checkbox", name=re.compile("Ambiente y residuos")).is_visible()
        drawer.locator("summary").first.click()
    reader.look()
    with page.expect_response(re.compile("environment-waste")):
        page.get_by_role("checkbox", name=re.compile("Ambiente y residuos")).first.check()
    page.wait_for_load_state("networkidle")
    reader.look()
    with page.expect_response(re.compile("q=arbolado")):
        page.get_by_role("searchbox", name=re.compile("A quién buscás")).fill("arbolado")
    expect(page.locator("#resultados")).to_contain_text("Graciela Muestra")
    expect(page.locator("#resultados")).not_to_contain_text("Irene Muestra")
    reader.open(page.url.removeprefix(reader.portal.url))
    reader.follow("Graciela Muestra")
    reader.look()
    assert "Rafaela" in reader.text()
    reader.open("/conectarme/como-vos/")
    reader.open("/conectarme/municipios/?q=zzzz")
    reader.open("/conectarme/?q=zzzz")
    assert "No encontramos a nadie" in reader.text()
    for kind in ("csv", "xlsx"):
        assert reader.status_of(f"/conectarme/exportar.{kind}?q=arbolado") == 200


def test_the_directory_is_filtered_with_the_keys_alone(another_reader) -> None:
    """On a desk: with the keys a phone is no different."""
    reader: Reader = another_reader()
    reader.sign_in("practicante")
    reader.open("/conectarme/")
    page = reader.page
    page.get_by_role("searchbox", name=re.compile("A quién buscás")).focus()
    with page.expect_response(re.compile("q=datos")):
        page.keyboard.type("datos")
    tab_to(reader, 'input[type=checkbox][value="digital-government"]')
    with page.expect_response(re.compile("digital-government")):
        page.keyboard.press("Space")
    expect(page.locator("#resultados")).to_contain_text("Irene Muestra")
    # The facets were made anew under her fingers: she goes on from where she was.
    assert page.evaluate("document.activeElement.value") == "digital-government"
    assert page.evaluate("document.activeElement.matches(':focus-visible')")
    tab_to(reader, '#resultados a[href*="/personas/"]')
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/conectarme/personas/"))
    assert "Irene Muestra" in reader.text()


def tab_to(reader: Reader, selector: str) -> None:
    """Go on with the tabulator until something has the focus; a page that holds it fast fails."""
    for _press in range(120):
        reader.page.keyboard.press("Tab")
        if reader.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached with the tabulator")
